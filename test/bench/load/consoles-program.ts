import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

// URL TOKEN COUNT: so many consoles, each of which asks for the list of sessions every second, by a
// connection of its own, until SIGTERM. Then says what was answered.

const [url, token, count] = process.argv.slice(2) as [string, string, string];
const SECOND = 1000;
const stopped = new AbortController();
const tally = { answered: 0, refused: 0, octets: 0 };
const times: number[] = [];

function ask(agent: Agent): Promise<void> {
  const began = performance.now();
  return new Promise((resolve) => {
    get(`${url}/api/v1/sessions`, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer.on("data", (part: Buffer) => {
        tally.octets += part.length;
      });
      answer.once("close", () => {
        if (answer.statusCode === 200 && answer.complete) {
          tally.answered += 1;
          times.push(performance.now() - began);
        } else tally.refused += 1;
        resolve();
      });
    }).once("error", () => {
      tally.refused += 1;
      resolve();
    });
  });
}

/** The next question is due a second after the one before was, or at once where the answer took longer. */
async function console(first: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let due = performance.now() + first; ; due = Math.max(due + SECOND, performance.now())) {
    await sleep(Math.max(0, due - performance.now()), undefined, { signal: stopped.signal }).catch(() => {});
    if (stopped.signal.aborted) break;
    await ask(agent);
  }
  agent.destroy();
}

const began = performance.now();
const all = Array.from({ length: Number(count) }, (_, n) => console((n / Number(count)) * SECOND));
process.once("SIGTERM", async () => {
  stopped.abort();
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(all);
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? -1;
  process.stdout.write(`${JSON.stringify({ ...tally, seconds, median })}\n`);
});
process.stdout.write('{"ready":true}\n');
