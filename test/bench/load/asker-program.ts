import { Agent, get } from "node:http";

// URL TOKEN: asks for each path that stands on a line of standard input, one after the other, and says the
// status and how many octets came.

const [url, token] = process.argv.slice(2) as [string, string];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      let octets = 0;
      answer.on("data", (part: Buffer) => {
        octets += part.length;
      });
      answer.once("end", () => resolve(`${answer.statusCode} ${octets}`));
    }).once("error", reject);
  });
}

process.stdin.setEncoding("utf8");
let rest = "";
for await (const part of process.stdin) {
  const lines = `${rest}${part}`.split("\n");
  rest = lines.pop() ?? "";
  for (const path of lines) process.stdout.write(`${await ask(path)}\n`);
}
agent.destroy();
