import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Bench, bench, TOKEN, TOKENS } from "../support/admin-api.ts";
import { liveSession } from "../support/fake-concentrator.ts";
import { needs } from "../support/needs.ts";
import { pacctl } from "../support/pacctl.ts";
import { Typing } from "../support/typing.ts";

const BIN = fileURLToPath(new URL("../../bin", import.meta.url));
const skip = needs({ programs: ["bash", "zsh", "fish", "script"] });

const ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/** Typed, and the words of the line that the shell has then. */
const TYPED: readonly (readonly [string, string])[] = [
  ["pacctl user show ant", "anton"],
  ["pacctl users rm Jo", "John Smith"],
  ['pacctl user show "Jo', "John Smith"],
  ["pacctl user show 'O", "O'Brien"],
  ["pacctl user show g", "gül$tan"],
  ["pacctl user show corp:", "corp:x"],
  ["pacctl user show anna ant", "anton"],
  ["pacctl session list --user=zo", "--user=zoë"],
  ["pacctl user set anna --group fi", "field staff"],
  ["pacctl group members fi", "field staff"],
  ["pacctl user set anna --pool gu", "guests"],
  ["pacctl sess show 7c", "7c9e6679"],
  ["pacctl session end 7c9e6679-7", ID],
  ["pacctl admin show ol", "olga"],
  ["pacctl token revoke pro", "prometheus"],
  ["pacctl user list --columns name,gr", "name,group"],
  ["pacctl attempt list --verdict bad-c", "bad-credentials"],
];

suite("completion in shells, with the names that a server has", { skip, timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "pacd-completion-"));
  const script = (shell: string) => join(folder, shell);
  let b: Bench;
  let env: Readonly<Record<string, string>>;

  before(async () => {
    b = await bench();
    await b.call("POST", "/api/v1/groups", { name: "field staff" });
    for (const name of ["anna", "anton", "John Smith", "O'Brien", "gül$tan", "corp:x", "zoë"])
      assert.equal((await b.call("POST", "/api/v1/users", { name })).statusCode, 201, name);
    const { id: userId } = (await b.call("GET", "/api/v1/users/anna")).json();
    b.concentrator.live.push(liveSession({ id: ID, userId }));
    await b.call("POST", "/api/v1/admins", { name: "olga", role: "admin", password: "a long password 1" });
    await b.call("POST", "/api/v1/tokens", { name: "prometheus", role: "viewer" });
    const url = await b.app.listen({ host: "127.0.0.1", port: 0 });
    env = {
      PATH: `${BIN}${delimiter}${process.env["PATH"]}`,
      HOME: folder,
      PACD_URL: url,
      PACD_TOKEN: TOKEN,
      LC_ALL: "C.UTF-8",
    };
    const offline = async () => assert.fail("a script is made without a server");
    for (const shell of ["bash", "zsh", "fish"])
      writeFileSync(script(shell), (await pacctl(["completion", shell], { fetch: offline })).out);
  });
  after(async () => {
    await b.app.close();
    rmSync(folder, { recursive: true });
  });

  for (const shell of ["bash", "zsh"] as const) {
    test(`${shell}: what TAB makes of a line is what the command gets`, async (t) => {
      const typing = await Typing.at(shell, script(shell), env);
      t.after(() => typing.close());
      for (const [line, word] of TYPED) assert.equal((await typing.completed(line)).at(-1), word, line);
    });

    test(`${shell}: of several names what they are is shown beside them`, async (t) => {
      const typing = await Typing.at(shell, script(shell), env);
      t.after(() => typing.close());
      await b.call("PATCH", "/api/v1/users/anna", { comment: "Room 7" });
      typing.type("pacctl user show an\t\t");
      assert.match(await typing.shows("anton"), /anna .*Room 7/);
    });

    test(`${shell}: where the server is gone, or does not allow it, nothing is shown at all`, async (t) => {
      for (const [name, wrong] of [
        ["PACD_URL", "http://127.0.0.1:9"],
        ["PACD_TOKEN", "wrong"],
      ] as const) {
        const typing = await Typing.at(shell, script(shell), { ...env, [name]: wrong });
        t.after(() => typing.close());
        assert.deepEqual(await typing.completed("pacctl user show an"), ["pacctl", "user", "show", "an"]);
        typing.type("pacctl user show an\t\t\u0015echo fi''nis\r");
        assert.doesNotMatch(await typing.shows("finis"), /anna|rror|refused|accept/);
      }
    });
  }

  /** What fish offers for a line, a name and what it is behind a TAB. */
  const fish = async (line: string, change: Readonly<Record<string, string>> = {}) => {
    const code = `source '${script("fish")}'; complete -C $argv[1]`;
    const { stdout, stderr } = await promisify(execFile)("fish", ["--no-config", "-c", code, "--", line], {
      env: { ...env, ...change },
    });
    assert.equal(stderr, "");
    return stdout.split("\n").filter((one) => one !== "");
  };

  test("fish: offers the names, and what they are", async () => {
    for (const [line, word] of TYPED)
      assert.deepEqual(
        (await fish(line)).map((one) => one.split("\t")[0]),
        [word],
        line,
      );
    assert.deepEqual(await fish("pacctl session end 7"), ["7c9e6679\tanna, 10.77.0.10 from 203.0.113.7"]);
    assert.deepEqual(await fish("pacctl user set anna "), [], "one name is enough");
  });

  test("fish: where the server is gone, or does not allow it, nothing is offered", async () => {
    assert.deepEqual(await fish("pacctl user show an", { PACD_URL: "http://127.0.0.1:9" }), []);
    assert.deepEqual(await fish("pacctl token show p", { PACD_TOKEN: TOKENS.viewer }), []);
  });

  test("a server that never answers is not waited for as long as by other commands", async (t) => {
    const silent = createServer().listen(0, "127.0.0.1");
    t.after(() => silent.close());
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const url = `http://127.0.0.1:${port}`;
    const began = performance.now();
    const { stdout, stderr } = await promisify(execFile)(
      join(BIN, "pacctl"),
      ["__complete", "zsh", "user", "user", "show", ""],
      { env: { ...env, PACD_URL: url } },
    );
    assert.deepEqual([stdout, stderr], ["", ""]);
    // A second and the start of the program, on however slow a host; a request has half a minute.
    assert.ok(performance.now() - began < 10_000);
  });
});
