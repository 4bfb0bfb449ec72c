import assert from "node:assert/strict";
import { test } from "node:test";
import { bench, listen, TOKEN } from "../../support/admin-api.ts";
import { pacctl } from "../../support/pacctl.ts";

const never = async () => assert.fail("no request expected");
const answer = (status: number, body: string) => async () => new Response(body, { status });
const refused = async () => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });
};

/** Remembers the one request that was made. */
function recorder(body = '{"items":[]}') {
  const seen: { url: string; token: string }[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    seen.push({ url, token: new Headers(init.headers).get("authorization") ?? "" });
    return new Response(body);
  };
  return { seen, fetch };
}

for (const argv of [
  ["--help"],
  ["user", "--help"],
  ["user", "add", "--help"],
  ["--version"],
  ["help", "session"],
]) {
  test(`pacctl ${argv.join(" ")} needs neither token nor server`, async () => {
    const { code, out, err } = await pacctl(argv, { fetch: never, env: {} });
    assert.deepEqual([code, err], [0, ""]);
    assert.ok(out.length > 0);
  });
}

test("every command group's help has examples", async () => {
  for (const group of [[], ["user"], ["session"], ["attempt"]]) {
    assert.match((await pacctl([...group, "--help"], { fetch: never })).out, /\nExamples:\n {2}pacctl /);
  }
});

for (const argv of [
  [],
  ["user"],
  ["nonsense"],
  ["user", "add"],
  ["user", "list", "surplus"],
  ["status", "--bogus"],
]) {
  test(`pacctl ${argv.join(" ")} is wrong usage: exit code 2, words on standard error only`, async () => {
    const { code, out, err } = await pacctl(argv, { fetch: never });
    assert.deepEqual([code, out], [2, ""]);
    assert.ok(err.length > 0);
  });
}

test("a server that is not there: one sentence, exit code 3", async () => {
  assert.deepEqual(await pacctl(["status"], { fetch: refused }), {
    code: 3,
    out: "",
    err: "pacctl: pacd does not answer at http://127.0.0.1:8723 (connection refused). Is it running?\n",
  });
});

test("where fetch says no more than that it failed, its cause is named", async () => {
  const fetch = () => Promise.reject(new TypeError("fetch failed", { cause: new Error("bad port") }));
  assert.match((await pacctl(["status"], { fetch })).err, /\(bad port\)\. Is it running\?/);
});

for (const [what, fetch] of [
  ["a page of HTML", answer(200, "<html>")],
  ["an error of a proxy", answer(502, "Bad Gateway")],
  ["JSON that is no problem document", answer(404, '{"error":"no"}')],
  ["null", answer(500, "null")],
] as const) {
  test(`${what} instead of pacd's answer: exit code 3`, async () => {
    const { code, err } = await pacctl(["status"], { fetch });
    assert.deepEqual([code, /is not pacd/.test(err)], [3, true]);
  });
}

for (const [what, argv, env, said] of [
  ["of the environment", [], { PACD_TOKEN: "old" }, /does not accept the token in PACD_TOKEN\.\n$/],
  ["of --token-file", ["--token-file", "/t"], {}, /does not accept the token in \/t\.\n$/],
  ["found by itself", [], {}, /the token in \/\S+\/var\/admin-token; --token-file FILE names another\.\n$/],
] as const) {
  test(`a token ${what} that is not accepted: exit code 4, and the words say where it came from`, async () => {
    const body = JSON.stringify({ code: "unauthorized", detail: "The bearer token is not valid." });
    const { code, err } = await pacctl(["status", ...argv], {
      fetch: answer(401, body),
      env,
      readFile: async () => "stale\n",
    });
    assert.equal(code, 4);
    assert.match(err, said);
  });
}

test("a refusal cannot steer the terminal", async () => {
  const body = JSON.stringify({ code: "not-found", detail: "\u001b[2J" });
  assert.equal((await pacctl(["status"], { fetch: answer(404, body) })).err, "pacctl: \\u{1b}[2J\n");
});

test("PACD_URL says where, with or without a slash at its end", async () => {
  for (const [url, expected] of [
    ["http://10.0.0.1:9999", "http://10.0.0.1:9999/api/v1/sessions"],
    ["https://vpn.example/pacd/", "https://vpn.example/pacd/api/v1/sessions"],
    ["", "http://127.0.0.1:8723/api/v1/sessions"],
  ]) {
    const { seen, fetch } = recorder();
    await pacctl(["session", "list"], { fetch, env: { PACD_URL: url, PACD_TOKEN: TOKEN } });
    assert.equal(seen[0]?.url, expected);
  }
});

test("a PACD_URL that is no URL is wrong usage", async () => {
  for (const PACD_URL of ["127.0.0.1:8723", "ftp://host", "nonsense"]) {
    assert.equal((await pacctl(["status"], { fetch: never, env: { PACD_URL } })).code, 2);
  }
});

const files: Record<string, string> = {
  "/etc/token": "from-option\n",
  "/var/lib/pacd/admin-token": "installed\n",
};
const readFile = async (path: string) => {
  if (path in files) return files[path]!;
  throw Object.assign(new Error("none"), { code: "ENOENT" });
};

for (const [what, argv, env, repo, token] of [
  [
    "--token-file before PACD_TOKEN",
    ["--token-file", "/etc/token"],
    { PACD_TOKEN: "env" },
    undefined,
    "from-option",
  ],
  ["PACD_TOKEN before files", [], { PACD_TOKEN: " env \n" }, "local", "env"],
  ["the working copy's file before the installed one", [], {}, "local", "local"],
  ["the installed file last", [], { PACD_TOKEN: "" }, undefined, "installed"],
] as const) {
  test(`the token: ${what}`, async () => {
    const { seen, fetch } = recorder();
    await pacctl(["session", "list", ...argv], {
      fetch,
      env,
      readFile: (path) =>
        path.endsWith("/var/admin-token") && repo !== undefined ? Promise.resolve(repo) : readFile(path),
    });
    assert.equal(seen[0]?.token, `Bearer ${token}`);
  });
}

for (const [what, argv, error, words] of [
  ["no token anywhere", [], "ENOENT", /No API token: set PACD_TOKEN/],
  ["a token file that may not be read", [], "EACCES", /permission denied; try as root/],
  ["a --token-file that is not there", ["--token-file", "/missing"], "ENOENT", /no token file \/missing/],
] as const) {
  test(`${what}: one sentence, exit code 4, no request`, async () => {
    const { code, err } = await pacctl(["status", ...argv], {
      fetch: never,
      env: {},
      readFile: async () => {
        throw Object.assign(new Error(error), { code: error });
      },
    });
    assert.equal(code, 4);
    assert.match(err, words);
    assert.equal(err.split("\n").length, 2);
  });
}

for (const [argv, env] of [
  [["--token-file", "/t"], {}],
  [[], { PACD_TOKEN: "two\nlines-of-a-secret" }],
] as const)
  test(`what is no token is sent nowhere, and not shown: ${argv[0] ?? "PACD_TOKEN"}`, async () => {
    const { code, err } = await pacctl(["status", ...argv], {
      fetch: never,
      env,
      readFile: async () => "two\nlines-of-a-secret\n",
    });
    assert.deepEqual([code, /holds no token/.test(err), err.includes("secret")], [4, true, false]);
  });

test("against a server that really listens", async () => {
  const b = await bench();
  const env = { PACD_URL: await listen(b.app), PACD_TOKEN: TOKEN };
  const fetch = (url: string, init: RequestInit) => globalThis.fetch(url, init);
  try {
    assert.equal((await pacctl(["user", "add", "a&b?c"], { fetch, env })).code, 0);
    assert.match((await pacctl(["user", "show", "a&b?c"], { fetch, env })).out, /^Name {12}a&b\?c$/m);
    assert.equal((await pacctl(["user", "remove", "a&b?c"], { fetch, env })).code, 0);
    assert.equal((await pacctl(["status"], { fetch, env: { ...env, PACD_TOKEN: "wrong" } })).code, 4);
  } finally {
    await b.app.close();
  }
});
