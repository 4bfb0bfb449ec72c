import { OFFICE_ADDRESS } from "./lab.ts";
import type { Pacd } from "./pacd.ts";
import { until } from "./until.ts";
import type { VpnClient } from "./vpn-client.ts";

/** Octets of a packet of a flood, IPv4 and UDP headers included. */
export const FLOOD_OCTETS = 1000;

/** Nobody listens there: the discard port. */
export const FLOOD_PORT = 9;

/** Has a client send UDP to the office at a rate of inner IP, in the background. `stopFlood` ends it. */
export async function startFlood({ guest }: VpnClient, bitsPerSecond: number): Promise<void> {
  const perMs = bitsPerSecond / 8000 / FLOOD_OCTETS;
  const program = `
    use strict; use Socket; use Time::HiRes qw(time sleep);
    socket(my $udp, PF_INET, SOCK_DGRAM, 17) or die;
    connect($udp, sockaddr_in(${FLOOD_PORT}, inet_aton("${OFFICE_ADDRESS}"))) or die;
    my ($began, $sent) = (time, 0);
    for (;;) {
      for (; $sent < (time() - $began) * 1000 * ${perMs}; $sent++) { send($udp, "x" x ${FLOOD_OCTETS - 28}, 0) }
      sleep 0.01;
    }
  `;
  const inBase64 = Buffer.from(program).toString("base64");
  await guest.must(`
    echo ${inBase64} | busybox base64 -d >/run/flood.pl
    perl /run/flood.pl >/dev/null 2>&1 &
    echo $! >/run/flood.pid
  `);
}

/** Ends it. */
export async function stopFlood({ guest }: VpnClient): Promise<void> {
  await guest.must("kill $(cat /run/flood.pid)");
}

/**
 * Bits of inner IP a second that pass the only session in one direction, by its own counters and the server's
 * own clock: under a flood, the last activity is the moment at which the counters were read.
 */
export async function passingRate(pacd: Pacd, way: "rx" | "tx", overMs: number): Promise<number> {
  const look = async () => {
    const [session] = await pacd.sessions();
    return { octets: session[`${way}Bytes`] as number, at: Date.parse(session.lastActivity) };
  };
  const first = await look();
  const last = await until("the end of the measurement", async () => {
    const now = await look();
    return now.at >= first.at + overMs && now;
  });
  return ((last.octets - first.octets) * 8000) / (last.at - first.at);
}
