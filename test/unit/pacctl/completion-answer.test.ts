import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { completionAnswer } from "../../../pacctl/completion/answer.ts";
import { commandTree, everyCommand, isFile, optionsAt } from "../../../pacctl/completion/command-tree.ts";
import { ARGUMENTS, pacctlValues } from "../../../pacctl/completion/pacctl-values.ts";
import { quotedForBash, typedWords } from "../../../pacctl/completion/typed-line.ts";
import { LIVE_KINDS } from "../../../pacctl/completion/values.ts";
import type { Io } from "../../../pacctl/io.ts";
import { pacctlProgram } from "../../../pacctl/run.ts";
import { type Bench, bench, TOKEN } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected } from "../../support/pacctl.ts";

let b: Bench;
const asked: { readonly url: string; readonly token: string | null }[] = [];

before(async () => {
  b = await bench();
  for (const name of ["anna", "Anton", "two words"]) await b.call("POST", "/api/v1/users", { name });
  const { id: userId } = (await b.call("GET", "/api/v1/users/anna")).json();
  const id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
  b.concentrator.live.push(liveSession({ id, userId }));
});
after(() => b.app.close());

const answer = (words: readonly string[], io: Partial<Io> = {}) =>
  completionAnswer(words, {
    env: { PACD_TOKEN: TOKEN },
    fetch: (url, init) => {
      asked.push({ url, token: new Headers(init.headers).get("authorization") });
      return injected(b.app)(url, init);
    },
    canConnect: async () => false,
    readFile: async () => "token-of-a-file",
    readStateFile: async () => assert.fail("nothing is left there"),
    now: () => new Date("2026-03-01T10:00:00.000Z"),
    pause: async () => assert.fail("nobody waits"),
    ...io,
  });

test("names that begin so come with what they are, whatever their letters", async () => {
  assert.equal(await answer(["zsh", "user", "user", "show", "AN"]), "anna\t\nAnton\t\n");
  assert.equal(
    await answer(["fish", "live-session", "session", "end", ""]),
    "7c9e6679\tanna, 10.77.0.10 from 203.0.113.7\n",
  );
});

test("what stands in the line already is not offered again", async () => {
  assert.equal(await answer(["zsh", "user", "user", "show", "anna", "an"]), "Anton\t\n");
});

test("bash gets what it takes for one word, and of it what follows the word as readline parts it", async () => {
  const bash = (line: string, word: string, type = "9") => answer(["bash", "user", type, word, line]);
  assert.equal(await bash("pacctl user show t", "t"), "two\\ words\n");
  assert.equal(await bash('pacctl user show "two w', "two w"), "two words\n");
  assert.equal(await bash("pacctl user show 'two", "two"), "two words\n");
  assert.equal(await bash("pacctl attempt list --user=an", "an"), "anna\nAnton\n");
  assert.equal(await bash("pacctl user show t", "something else"), "", "another word than the line's");
});

test("every kind of name is found, or there is none of it", async () => {
  for (const kind of LIVE_KINDS) {
    const before = asked.length;
    await answer(["fish", kind, ""]);
    assert.ok(asked.length > before, kind);
  }
});

test("the options of the line say which server is asked, and with what", async () => {
  await answer(["zsh", "user", "--url", "http://10.0.0.5:1", "--token-file='t f'", "user", "show", ""]);
  const { url, token } = asked.at(-1)!;
  assert.deepEqual([new URL(url).host, token], ["10.0.0.5:1", "Bearer token-of-a-file"]);
});

test("whatever goes wrong, nothing is said", async () => {
  const failing = async () => {
    throw Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
  };
  assert.equal(await answer(["zsh", "user", ""], { fetch: failing }), "");
  assert.equal(await answer(["zsh", "user", ""], { env: { PACD_TOKEN: "wrong" } }), "");
  assert.equal(
    await answer(["zsh", "user", ""], {
      fetch: async () => new Response("{}", { status: 429, headers: { "retry-after": "1" } }),
    }),
    "",
    "a server that asks to wait is not waited for",
  );
  assert.equal(await answer(["zsh", "nonsense", ""]), "");
  assert.equal(await answer([]), "");
});

test("a line is parted as bash parts it, and what is begun is its last word", () => {
  const words = (line: string) => typedWords(line).map(({ text, quote }) => [text, quote].join("|"));
  assert.deepEqual(words("p a\\ b \"c 'd\" 'e \\f"), ["p|", "a b|", "c 'd|", "e \\f|'"]);
  assert.deepEqual(words('p "a\\"b\\c'), ["p|", 'a"b\\c|"']);
  assert.deepEqual(words("p "), ["p|", "|"]);
});

test("what is put into a line is one word of it", () => {
  for (const text of ["plain", "two words", "O'Brien", '"', "$(reboot)", "`x`", "~", "a;b", "ü", "-x", "!h"])
    for (const quote of ["", "'", '"']) {
      const typed = quotedForBash(text, quote) + quote;
      assert.deepEqual(
        typedWords(typed).map((word) => word.text),
        [text],
        typed,
      );
    }
});

/** Names that nobody has yet, and values that are no names. */
const NEW =
  /^(?:user add|group add|admin add|token create|webhook add|dial|config|backup|tls|log-in|help|completion)\b/;

test("every command that takes names of what there is has them completed", () => {
  const tree = commandTree(pacctlProgram({ version: "1.2.3" } as Io));
  const commands = everyCommand(tree);
  const paths = new Set(commands.map(({ path }) => path.join(" ")));
  for (const path of Object.keys(ARGUMENTS)) assert.ok(paths.has(path), `${path} is no command`);
  for (const command of commands) {
    const path = command.path.join(" ");
    if (command.arguments.length === 0 || command.arguments.some(isFile)) continue;
    if (NEW.test(path) || path === "token rotate" || / help$/.test(path)) continue;
    assert.notEqual(pacctlValues(command), undefined, `${path} ${command.arguments.join(" ")}`);
  }
});

test("every list has its columns completed", () => {
  const tree = commandTree(pacctlProgram({ version: "1.2.3" } as Io));
  const lists = everyCommand(tree).filter(({ path }) => /^list$|^members$|^totals$/.test(path.at(-1) ?? ""));
  assert.ok(lists.length >= 8);
  for (const command of lists) {
    const option = optionsAt(tree, command).find(({ names }) => names.includes("--columns"))!;
    assert.equal(pacctlValues(command, option)?.from, "choices", command.path.join(" "));
  }
});
