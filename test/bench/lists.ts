import { CallView, type ShownCall } from "../../server/concentrator/calls/live-session.ts";
import { CounterReader, CounterWriter, counterMemory, toSlot } from "../../server/data-plane/counters.ts";
import { ipv4 } from "../../server/wire/ipv4.ts";
import { millis, octets } from "../../server/wire/units.ts";
import { bench, NOW } from "../support/admin-api.ts";
import { userWith } from "../unit/concentrator/users.ts";
import { AskedServer, type Cost } from "./stage/asked-server.ts";

// What lists cost the main thread: bin/node test/bench/lists.ts [SESSIONS]. Who asks is another process; of
// the sessions everything is real but their packets and clients.

const count = Number(process.argv[2] ?? 2000);
const say = (text: string) => process.stdout.write(`${text}\n`);
const clock = { now: 0 };

const memory = counterMemory(count);
const [reader, writer] = [new CounterReader([memory]), new CounterWriter(memory)];
const sessions = Array.from({ length: count }, (_, n) => {
  const slot = toSlot(n);
  const call: ShownCall = {
    record: {
      sessionId: crypto.randomUUID(),
      attemptId: crypto.randomUUID(),
      clientAddress: `203.0.113.${n % 250}`,
      connectedAt: new Date(Date.parse(NOW) - n * 1000),
      get lasted() {
        return millis(clock.now + n * 1000);
      },
    },
    user: userWith({}, `user-${n}`),
    address: ipv4(0x0a4d0100 + n),
    mtu: octets(1400),
    pool: "tunnel.pool",
    encryption: "mppe-128-stateless",
    counters: () => reader.read(slot),
  };
  return { slot, view: new CallView(call) };
});

const time = () => new Date(Date.parse(NOW) + clock.now);
const { app, concentrator } = await bench({ monotonic: () => millis(clock.now), now: time });
Object.assign(concentrator, {
  views: () => sessions.map(({ view }) => view),
  sessions: () => sessions.map(({ view }) => view.session()),
});

/** So many of the sessions have carried something since. */
function traffic(share: number): void {
  for (const { slot } of sessions.slice(0, count * share)) {
    writer.received(slot, 1400);
    writer.sent(slot, 900);
    writer.active(slot, time().getTime());
  }
}

const server = await AskedServer.start(app);
const line = (what: string, { cpu, turn, octets }: Cost) =>
  say(
    `${what.padEnd(46)} ${cpu.toFixed(2)} ms, longest turn ${turn.toFixed(2)} ms, ${Math.round(octets / 1000)} KB`,
  );

/** So many ask within a second; so many of the sessions carry something meanwhile. */
const asked = (path: string, perSecond = 1, share = 1) =>
  server.ask(path, 60, perSecond, (n) => {
    clock.now += 1000 / perSecond;
    if (n === 0) traffic(share);
  });

await asked("/api/v1/sessions", 4);
line("the simplest answer", await asked("/healthz"));
say(`${count} sessions, of which one in ten carries something within a second:`);
line("the list, one console a second", await asked("/api/v1/sessions", 1, 0.1));
line("the list, four consoles a second", await asked("/api/v1/sessions", 4, 0.1));
say("all of which do:");
line("the list, one console a second", await asked("/api/v1/sessions"));
line("the list, four consoles a second", await asked("/api/v1/sessions", 4));
line("the hundred with most octets", await asked("/api/v1/sessions?sort=-rxBytes&limit=100"));
line("of a user", await asked("/api/v1/sessions?user=user-7"));
line("of a network", await asked("/api/v1/sessions?address=203.0.113.0/28"));
line("all by name", await asked("/api/v1/sessions?sort=user"));
await server.close();
