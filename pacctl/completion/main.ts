import { constants } from "node:fs";
import { readFile } from "node:fs/promises";
import { httpRequest } from "../../server/platform/http-request.ts";
import { canConnect } from "../../server/platform/local-connection.ts";
import { pause } from "../../server/platform/pause.ts";
import { seconds } from "../../server/wire/units.ts";
import { completionAnswer } from "./answer.ts";

const answer = completionAnswer(process.argv.slice(3), {
  env: process.env,
  fetch: httpRequest,
  canConnect,
  readFile: (path) => readFile(path, "utf8"),
  readStateFile: (path) =>
    readFile(path, { encoding: "utf8", flag: constants.O_RDONLY | constants.O_NOFOLLOW }),
  now: () => new Date(),
  pause,
});

// Whatever hangs, such as a name that no DNS server answers for, nobody waits for it.
const text = await Promise.race([answer, pause(seconds(1)).then(() => "")]);
process.stdout.on("error", () => {});
process.stdout.write(text, () => process.exit());
