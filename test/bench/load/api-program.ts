import { Agent, get } from "node:http";
import { pace } from "./pace.ts";

// Asks the API so often a second, until SIGTERM: URL TOKEN PER-SECOND. Then says what it answered.

const [url, token, perSecond] = process.argv.slice(2) as [string, string, string];
const PATHS = ["/api/v1/status", "/api/v1/sessions", "/api/v1/users?limit=10"];
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const answers = { answered: 0, limited: 0, refused: 0 };
let asked = 0;

function ask(): Promise<void> {
  const path = PATHS[asked++ % PATHS.length]!;
  return new Promise((resolve) => {
    get(`${url}${path}`, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      const { statusCode = 0 } = answer;
      if (statusCode === 200) answers.answered += 1;
      else if (statusCode === 429) answers.limited += 1;
      else answers.refused += 1;
      answer.resume().once("close", resolve);
    }).once("error", () => {
      answers.refused += 1;
      resolve();
    });
  });
}

const asking = pace(Number(perSecond), ask);
process.once("SIGTERM", async () => {
  const begun = await asking.stop();
  process.stdout.write(`${JSON.stringify({ ...begun, ...answers })}\n`);
  agent.destroy();
});
process.stdout.write('{"ready":true}\n');
