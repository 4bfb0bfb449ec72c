import assert from "node:assert/strict";
import { test } from "node:test";
import type { Api } from "../../../pacctl/api-client.ts";
import { type Ask, everyItem, typedApi, typedStream } from "../../../pacctl/typed-api.ts";

/** An API that says what it was asked, and answers with the next of what it is given. */
function told(...answers: readonly unknown[]) {
  const asked: string[] = [];
  const left = [...answers];
  const api = (async (method: string, path: string, body?: object) => {
    asked.push(`${method} ${path}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`);
    return left.shift();
  }) as Api;
  return { ask: typedApi(api), asked };
}

test("what stands in the braces of a path is percent-encoded", async () => {
  const { ask, asked } = told();
  await ask("GET", "/users/{name}", { path: { name: "a/b ü" } });
  assert.deepEqual(asked, ["GET /users/a%2Fb%20%C3%BC"]);
});

test("a list in a query is said item by item, and what is undefined is not said", async () => {
  const { ask, asked } = told();
  await ask("GET", "/users", { query: { label: ["city=Bonn", "vip"], group: undefined, connected: false } });
  assert.deepEqual(asked, ["GET /users?label=city%3DBonn&label=vip&connected=false"]);
});

test("a list is asked for page by page until none follows", async () => {
  const { ask, asked } = told({ items: [1, 2], next: "c2" }, { items: [3] });
  assert.deepEqual(await everyItem(ask, "/users", { group: "sales" }), [1, 2, 3]);
  assert.deepEqual(asked, [
    "GET /users?group=sales&limit=1000",
    "GET /users?group=sales&limit=1000&cursor=c2",
  ]);
});

test("octets are asked for by the same words", async () => {
  const asked: string[] = [];
  const stream = typedStream(async (method, path) => {
    asked.push(`${method} ${path}`);
    return (async function* () {})();
  });
  await stream("GET", "/sessions", { query: { format: "csv", state: "ended" } });
  await stream("POST", "/backups");
  assert.deepEqual(asked, ["GET /sessions?format=csv&state=ended", "POST /backups"]);
});

test("what the API does not have is no program", () => {
  // Never called: the compiler is what is tested, which complains of an expectation that is not met.
  const refused = (ask: Ask) => {
    // @ts-expect-error there is no such path
    ask("GET", "/user");
    // @ts-expect-error nothing is made there
    ask("POST", "/status");
    // @ts-expect-error the name is missing
    ask("GET", "/users/{name}");
    // @ts-expect-error a user has no such field
    ask("POST", "/users", { body: { name: "anna", colour: "red" } });
    // @ts-expect-error a user needs a name
    ask("POST", "/users", { body: {} });
    // @ts-expect-error there is no such parameter
    ask("GET", "/users", { query: { colour: "red" } });
    // @ts-expect-error a list of tokens has no group
    everyItem(ask, "/tokens", { group: "sales" });
    // @ts-expect-error one user is no list
    everyItem(ask, "/users/{name}");
  };
  assert.equal(typeof refused, "function");
});
