import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { commandTree, everyCommand } from "../../../pacctl/completion/command-tree.ts";
import type { Io } from "../../../pacctl/io.ts";
import { pacctlProgram } from "../../../pacctl/run.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

/** How a command that asks the server is called, by its words, and what it names. */
interface Call {
  /** After the command's words. */
  readonly rest?: readonly string[];
  /** The same with a name that nothing has. */
  readonly unknown?: readonly string[];
  /** Of several names, where it takes several: one that is there. */
  readonly known?: string;
  /** What conflicts with what is there. */
  readonly conflict?: readonly string[];
  /** What the server finds not valid. */
  readonly invalid?: readonly string[];
}

const NEWCOMER = ["newcomer"];
const ANNA = ["anna"];
const NOBODY = ["nobody"];

/** Every command that asks the server. A new one gets a line here, or into OTHERS. */
const CALLS: Readonly<Record<string, Call>> = {
  "user add": { rest: NEWCOMER, conflict: ANNA, invalid: ["a/b"] },
  "user list": {},
  "user show": { rest: ANNA, unknown: NOBODY, known: "anna" },
  "user enable": { rest: ANNA, unknown: NOBODY, known: "anna" },
  "user disable": { rest: ANNA, unknown: NOBODY, known: "anna" },
  "user rename": { rest: ["anna", "anna"], unknown: ["nobody", "x"], conflict: ["anna", "bob"] },
  "user unlock": { rest: ANNA, unknown: NOBODY, known: "anna" },
  "user set": {
    rest: ["anna", "--comment", "x"],
    unknown: ["nobody", "--comment", "x"],
    conflict: ["anna", "--static-address", "10.77.0.50"],
    invalid: ["anna", "--hours", "never"],
  },
  "user password": { rest: ANNA, unknown: NOBODY },
  "user remove": { rest: ["gone-1"], unknown: NOBODY, known: "gone-2" },
  "group list": {},
  "group add": { rest: NEWCOMER, conflict: ["staff"], invalid: ["x", "--hours", "never"] },
  "group show": { rest: ["staff"], unknown: NOBODY },
  "group set": {
    rest: ["staff", "--comment", "x"],
    unknown: ["nobody", "--comment", "x"],
    conflict: ["staff", "--name", "empty"],
    invalid: ["staff", "--hours", "never"],
  },
  "group remove": { rest: ["empty"], unknown: NOBODY, conflict: ["staff"] },
  "group members": { rest: ["staff"], unknown: NOBODY },
  "session list": { invalid: ["--address", "x"] },
  "session totals": { invalid: ["--by", "shoe-size"] },
  "session export": { invalid: ["--address", "x"] },
  "session show": { rest: ["s1"], unknown: NOBODY, known: "s1" },
  "session disconnect": { rest: ["s2"], unknown: NOBODY, known: "s3" },
  "session end": { rest: ["s4"], unknown: NOBODY, known: "s5", invalid: ["--all", "--message", "\u0007"] },
  "attempt list": { invalid: ["--address", "x"] },
  "attempt show": { rest: ["a1"], unknown: NOBODY, known: "a1" },
  events: { invalid: ["--type", "nonsense"] },
  "lockout list": {},
  "lockout lift": { rest: ["192.0.2.1"], invalid: ["x"] },
  "admin list": {},
  "admin add": { rest: ["fresh", "--role", "viewer"], conflict: ["olga", "--role", "viewer"] },
  "admin show": { rest: ["olga"], unknown: NOBODY, known: "olga" },
  "admin set": {
    rest: ["olga", "--enable"],
    unknown: ["nobody", "--enable"],
    conflict: ["olga", "--rename", "rolf"],
  },
  "admin remove": { rest: ["rolf"], unknown: NOBODY },
  "token list": {},
  "token create": {
    rest: ["fresh", "--role", "viewer"],
    conflict: ["ci", "--role", "viewer"],
    invalid: ["x", "--role", "viewer", "--source", "x"],
  },
  "token show": { rest: ["ci"], unknown: NOBODY, known: "ci" },
  "token revoke": { rest: ["ci"], unknown: NOBODY },
  "audit list": {},
  "audit show": { rest: ["AUDIT"], unknown: ["00000000-0000-4000-8000-000000000000"] },
  status: {},
  "config show": {},
};

/** What asks no server, asks by something that no test here has, or is told by tests of its own. */
const OTHERS =
  /^(?:help|completion|dial|decode|tls.*|backup.*|log-in|log-out|reload|config (?:check|diff)|token rotate|admin password|user (?:import|export)|apply|webhook.*|.* help)$/;

const refusing = async () =>
  new Response('{"code":"unauthorized","detail":"No."}', { status: 401, statusText: "Unauthorized" });

const split = (words: string) => words.split(" ");

suite("exit codes of every command that asks the server", () => {
  let b: Bench;
  let audited = "";

  before(async () => {
    b = await bench();
    for (const name of ["staff", "empty"]) await b.call("POST", "/api/v1/groups", { name });
    for (const name of ["anna", "bob", "gone-1", "gone-2"]) await b.call("POST", "/api/v1/users", { name });
    await b.call("PATCH", "/api/v1/users/anna", { group: "staff" });
    await b.call("PATCH", "/api/v1/users/bob", { staticAddress: "10.77.0.50" });
    const { id: userId } = (await b.call("GET", "/api/v1/users/bob")).json();
    for (const id of ["s1", "s2", "s3", "s4", "s5"]) b.concentrator.live.push(liveSession({ id, userId }));
    b.store.records.begin({ id: "a1", startedAt: "2026-02-24T08:00:00.000Z", clientAddress: "192.0.2.1" });
    b.store.records.update("a1", { endedAt: "2026-02-24T08:00:01.000Z", verdict: "no-address", user: "bob" });
    for (const name of ["olga", "rolf"])
      await b.call("POST", "/api/v1/admins", { name, role: "admin", password: "a long password 1" });
    await b.call("POST", "/api/v1/tokens", { name: "ci", role: "viewer" });
    audited = (await b.call("GET", "/api/v1/audit?limit=1")).json().items[0].id;
  });
  after(() => b.app.close());

  const run = (words: string, rest: readonly string[] = [], io: Partial<Io> = {}) =>
    pacctl([...split(words), ...rest.map((word) => (word === "AUDIT" ? audited : word))], {
      fetch: injected(b.app),
      ...io,
    });

  test("every command is here, or is said to be elsewhere", () => {
    const tree = commandTree(pacctlProgram({ version: "1.2.3" } as Io));
    const commands = everyCommand(tree).filter(({ commands: inner }) => inner.length === 0);
    const missing = commands
      .map(({ path }) => path.join(" "))
      .filter((words) => CALLS[words] === undefined && !OTHERS.test(words));
    assert.deepEqual(missing, []);
  });

  for (const [words, { rest, unknown, known, conflict, invalid }] of Object.entries(CALLS)) {
    const expected: (readonly [number, string, readonly string[] | undefined, Partial<Io>?])[] = [
      [3, "no server", rest, { fetch: () => Promise.reject(new Error("refused")) }],
      [8, "no answer in time", rest, { fetch: () => Promise.reject(new DOMException("", "TimeoutError")) }],
      // From a wrong token itself the API would soon keep everybody off.
      [4, "a wrong token", rest, { fetch: refusing }],
      [2, "an option that there is not", [...(rest ?? []), "--nonsense"]],
      [5, "a name that nothing has", unknown],
      [7, "what is not valid", invalid],
      [6, "a conflict", conflict],
      [9, "one of two names", known === undefined ? undefined : [known, "nobody"]],
    ];
    test(`${words}: ${expected.map(([code]) => code).join(", ")} and 0`, async () => {
      for (const [code, what, more, io] of expected) {
        if (more === undefined && code !== 3 && code !== 8 && code !== 4) continue;
        const got = await run(words, more, io);
        assert.equal(got.code, code, `${what}: ${got.out}${got.err}`);
        assert.match(got.err, /^pacctl: /, what);
        const json = await run(words, [...(more ?? []), "--json"], io);
        // What was done the first time is not there the second time.
        const codes = code === 9 ? [9, 5] : [code];
        const { error } = JSON.parse(json.err);
        assert.ok(codes.includes(json.code), `${what}: ${json.err}`);
        assert.equal(error.exitCode, json.code, what);
      }
      const done = await run(words, rest);
      assert.equal(done.code, 0, done.err);
    });
  }
});
