import { type Account, LightDial } from "./light-dial.ts";
import { pace } from "./pace.ts";
import { SharedGre } from "./shared-gre.ts";

// SERVER USER PASSWORD pace PER-SECOND: whole dials at a rate, each hung up when it is up, until SIGTERM.
// SERVER USER PASSWORD hold COUNT: so many sessions, which answer keep-alives, until SIGTERM.
// Then says what came of them; how long they took is forgotten at SIGUSR2.

const [server, user, password, mode, number] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
const account: Account = { server, user, password };
const gre = new SharedGre();
const tally = { connected: 0, failed: 0 };
const times: number[] = [];
const failures = new Set<string>();

/** Resolves when it is over. */
function dial(whenUp: (dialled: LightDial) => void): Promise<void> {
  return new Promise((resolve) => {
    const dialled: LightDial = new LightDial(gre, account, {
      up(ms) {
        times.push(ms);
        tally.connected += 1;
        whenUp(dialled);
      },
      over(failure) {
        if (failure !== undefined) {
          tally.failed += 1;
          failures.add(failure);
        }
        resolve();
      },
    });
  });
}

function report(more: object): void {
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.floor(share * (times.length - 1))] ?? -1;
  const found = { ...tally, ...more, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
  if (failures.size > 0) process.stderr.write(`${[...failures].join(" ")}\n`);
  process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
}

/** Dials that are under way at once while sessions are brought up. */
const AT_ONCE = 16;

/** The next one begins when one is up, or has failed. */
async function hold(count: number): Promise<void> {
  let begun = 0;
  const one = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      await new Promise<void>((resolve) => void dial(() => resolve()).then(resolve));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

if (mode === "hold") {
  await hold(Number(number));
  process.once("SIGTERM", () => report({}));
} else {
  // What was slow since this process had just begun counts for nothing.
  process.on("SIGUSR2", () => times.splice(0));
  const dialling = pace(Number(number), () => dial((dialled) => dialled.hangUp()));
  process.once("SIGTERM", async () => report(await dialling.stop()));
}
process.stdout.write('{"ready":true}\n');
