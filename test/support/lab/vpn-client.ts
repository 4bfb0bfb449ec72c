import type { Guest } from "./guest.ts";
import { OFFICE_NETWORK } from "./guest-init.ts";
import { SERVER_ADDRESS } from "./lab.ts";

/** pppd's exit status for a refused login, pppd(8). */
export const AUTHENTICATION_FAILED = 19;

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface Dial {
  /** pppd's exit status; 0 when the link is up. */
  readonly code: number;
  /** Every PPP packet, decoded by pppd. */
  readonly log: string;
}

export interface LinkCounters {
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
}

/** What a good client's pppd is told of methods and encryption: MS-CHAPv2 and 128 bits, or nothing. */
const STRONG = "require-mppe-128 refuse-eap refuse-pap refuse-chap refuse-mschap";

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Waits for the end of pppd. Having detached (updetach), pppd is no longer the parent of pptp, whose end it
 * then awaits in vain for five seconds, after the link is down and all is said.
 */
const GONE = `
  for turn in $(seq 500); do
    [ -e /proc/$pid ] || break
    grep -q '^Waiting for' /run/client.log && kill -KILL $pid
    busybox usleep 20000
  done
  [ ! -e /proc/$pid ] || { echo "pppd is still there" && exit 1; }
  rm -f /run/ppp-client.pid
`;

/** Waits until pppd's own script has made the route to the office. */
const ROUTED = `
  for turn in $(seq 500); do
    [ -z "$(ip route show ${OFFICE_NETWORK} dev ppp0 2>/dev/null)" ] || exit 0
    busybox usleep 20000
  done
  echo "there is no route to the office" && exit 1
`;

/** pptp-linux and pppd in a guest: one link at a time. */
export class VpnClient {
  readonly guest: Guest;

  constructor(guest: Guest) {
    this.guest = guest;
  }

  /**
   * Dials and waits until the link is up or has failed. `options` are more words for pppd, `security` those
   * about methods and encryption.
   */
  async dial({ user, password }: Credentials, options = "", security = STRONG): Promise<Dial> {
    const { code, output } = await this.guest.run(`
      rm -f /run/client.log
      pppd pty 'pptp ${SERVER_ADDRESS} --nolaunchpppd --loglevel 2' linkname client \
        user ${quoted(user)} name ${quoted(user)} password ${quoted(password)} remotename pacd \
        ${security} noauth nodefaultroute usepeerdns nobsdcomp nodeflate \
        updetach debug logfile /run/client.log ${options} >/dev/null 2>&1
      code=$?
      cat /run/client.log
      exit $code
    `);
    return { code, log: output };
  }

  /** As `dial`, and throws unless the link comes up. The office is reached through it afterwards. */
  async connect(credentials: Credentials, options = "", security = STRONG): Promise<Dial> {
    const dial = await this.dial(credentials, options, security);
    if (dial.code !== 0) throw new Error(`pppd ended with ${dial.code}:\n${dial.log}`);
    await this.routed();
    return dial;
  }

  /** Waits until the office can be reached; on a link that loses packets that may end once more. */
  async routed(): Promise<void> {
    await this.guest.must(ROUTED);
  }

  /** Hangs up as a user does, and waits until pppd is gone. */
  async hangUp(): Promise<void> {
    await this.guest.must(`
      pid=$(head -n 1 /run/ppp-client.pid) || exit 0
      kill $pid
      ${GONE}
    `);
  }

  /** Waits until pppd has ended by itself, ten seconds at most; gives its log. */
  async lost(): Promise<string> {
    return this.guest.must(`
      pid=$(head -n 1 /run/ppp-client.pid) || exec cat /run/client.log
      ${GONE}
      cat /run/client.log
    `);
  }

  /** The client's own counters of the link: inner packets, in octets with their IPv4 header. */
  async counters(): Promise<LinkCounters> {
    const text = await this.guest.must(
      "cd /sys/class/net/ppp0/statistics && cat rx_bytes tx_bytes rx_packets tx_packets",
    );
    const [rxBytes, txBytes, rxPackets, txPackets] = text.trim().split(/\s+/).map(Number);
    return { rxBytes: rxBytes!, txBytes: txBytes!, rxPackets: rxPackets!, txPackets: txPackets! };
  }
}
