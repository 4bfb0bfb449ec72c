import type { Io } from "../../pacctl/io.ts";
import { run } from "../../pacctl/run.ts";
import { TOKEN } from "./admin-api.ts";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Only `dial` has a use for the host, and its tests hand in one. */
const NO_HOST = new Proxy({} as Io["host"], {
  get(): never {
    throw new Error("this command has no business with the host");
  },
});

/**
 * Runs pacctl in this process, at the time of the API's tests, with the test token unless `io` says
 * otherwise.
 */
export async function pacctl(argv: readonly string[], io: Partial<Io> & Pick<Io, "fetch">): Promise<Run> {
  let out = "";
  let err = "";
  const files = io.readFile ?? noSuchFile;
  const code = await run(argv, {
    // There are no links in a test's world of files.
    readStateFile: (path) => files(path),
    canConnect: async () => false,
    env: { PACD_TOKEN: TOKEN },
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    pace: { closed: () => false, full: () => undefined },
    stdin: async () => "",
    writePrivate: async (path) => {
      throw new Error(`no file ${path} in this test`);
    },
    createPrivate: (path) => {
      throw new Error(`no file ${path} in this test`);
    },
    readInput: async (path) => ({ octets: Buffer.from(await files(path)), open: false }),
    readFile: files,
    openCapture: async (path) => {
      throw new Error(`no capture ${path} in this test`);
    },
    stdinCapture: { chunks: (async function* () {})(), size: undefined },
    createFile: async (path) => {
      throw new Error(`no file ${path} in this test`);
    },
    createFolder: async (path) => {
      throw new Error(`no folder ${path} in this test`);
    },
    screen: { columns: undefined, errIsTerminal: false },
    host: NO_HOST,
    onInterrupt: () => {},
    pause: async () => {},
    now: () => new Date("2026-03-01T10:00:00.000Z"),
    version: "1.2.3",
    ...io,
  });
  return { code, out, err };
}

async function noSuchFile(path: string): Promise<string> {
  throw Object.assign(new Error(`no such file: ${path}`), { code: "ENOENT" });
}

/** The app's `inject` in the form of fetch. */
export function injected(app: {
  inject(options: object): Promise<{ statusCode: number; body: string; headers: object }>;
}): Io["fetch"] {
  return async (url, init) => {
    const { pathname, search } = new URL(url);
    const answer = await app.inject({
      method: init.method,
      url: pathname + search,
      headers: init.headers,
      payload: init.body,
    });
    return new Response(answer.statusCode === 204 ? null : answer.body, { status: answer.statusCode });
  };
}
