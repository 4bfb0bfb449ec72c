import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";
import { UNDECIDED } from "../../../server/policy/group-policy.ts";
import { UNRESTRICTED, type UserPolicy } from "../../../server/policy/user-policy.ts";
import type { Store } from "../../../server/store/store-types.ts";
import { type Bench, bench, TOKEN } from "../../support/admin-api.ts";
import { fc } from "../../support/fc.ts";

type Field = keyof UserPolicy;
const PATH = "/api/v1/users/anna";

let b: Bench;
let store: Store;
before(async () => {
  b = await bench();
  store = b.store;
  await b.call("POST", "/api/v1/users", { name: "anna" });
});
after(() => b.app.close());

/**
 * What is shown after a field was sent; undefined where it was refused. Over the store: 3,000 requests a
 * minute are not enough.
 */
async function shown(field: Field, value: unknown): Promise<unknown> {
  await store.users.update("anna", UNRESTRICTED);
  try {
    await store.users.update("anna", { [field]: value });
  } catch {
    return undefined;
  }
  return (await store.users.find("anna"))![field];
}

const spaces = fc.constantFrom("", " ", "  ");
const cased = (text: string) =>
  fc.constantFrom(text, text.toUpperCase(), text.charAt(0).toUpperCase() + text.slice(1));
const octet = fc.nat(255);
const address = fc
  .tuple(fc.integer({ min: 1, max: 223 }), octet, octet, octet)
  .map((parts) => parts.join("."));
const network = fc
  .tuple(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }))
  .map(([a, b, c, d, prefix]) => {
    const mask = prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0;
    const value = (((a << 24) | (b << 16) | (c << 8) | d) & mask) >>> 0;
    return `${[24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".")}/${prefix}`;
  });
const place = fc.oneof(network, address);
const days = fc
  .array(fc.constantFrom("mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon-fri", "sat-mon", "wed-wed"), {
    minLength: 1,
    maxLength: 7,
  })
  .chain((list) => cased(list.join(",")));
const clock = fc
  .tuple(fc.nat(24), fc.nat(59))
  .map(([h, m]) => `${h}:${String(h === 24 ? 0 : m).padStart(2, "0")}`);
const span = fc.tuple(clock, spaces, spaces, clock).map(([a, s, t, z]) => `${a}${s}-${t}${z}`);
const hours = fc.oneof(
  days,
  span,
  fc.tuple(days, span).map(([d, s]) => `${d}  ${s}`),
);
const port = fc.integer({ min: 0, max: 65_535 });
const ports = fc
  .array(
    fc.oneof(
      port.map(String),
      fc.tuple(port, port).map(([a, z]) => `${Math.min(a, z)} - ${Math.max(a, z)}`),
    ),
    {
      minLength: 1,
      maxLength: 16,
    },
  )
  .map((list) => list.join(" , "));
const destination = fc.oneof(
  place,
  fc.tuple(place, fc.constantFrom("tcp", "udp").chain(cased), ports).map((parts) => parts.join("  ")),
  fc.tuple(place, fc.constantFrom("icmp", "gre", "tcp").chain(cased)).map((parts) => parts.join(" ")),
  fc.tuple(place, octet).map(([where, number]) => `${where} proto ${number}`),
);
const instant = fc
  .tuple(
    fc.date({ min: new Date("1000-01-02"), max: new Date("9999-12-30"), noInvalidDate: true }),
    fc.constantFrom("Z", "z", "+00:00", "-00:00", "+14:00", "-05:30"),
    fc.constantFrom(16, 19, 21, 23),
    fc.constantFrom("T", "t", " "),
  )
  .map(([date, zone, digits, between]) => date.toISOString().slice(0, digits).replace("T", between) + zone);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const listOf = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 6 });
const rate = orNull(fc.integer({ min: 8_000, max: 100_000_000_000 }));
const timeout = orNull(fc.integer({ min: 10, max: 31_536_000 }));

/** What an administrator may write, tidily or not. */
const WRITTEN: { readonly [F in Field]: fc.Arbitrary<unknown> } = {
  enabled: fc.boolean(),
  validFrom: orNull(instant),
  validUntil: orNull(instant),
  allowedHours: listOf(hours),
  allowedSources: listOf(place),
  staticAddress: orNull(address),
  pool: orNull(fc.stringMatching(/^[a-z0-9_-]{1,32}$/)),
  dns: orNull(fc.array(address, { maxLength: 2 })),
  encryption: fc.constantFrom("required", "optional"),
  sessionTimeout: timeout,
  idleTimeout: timeout,
  maxSessions: orNull(fc.integer({ min: 1, max: 1000 })),
  whenExceeded: fc.constantFrom("deny", "replace"),
  rateUp: rate,
  rateDown: rate,
  allowedDestinations: listOf(destination),
  passwordExpiresAt: orNull(instant),
};

for (const [field, written] of Object.entries(WRITTEN) as [Field, fc.Arbitrary<unknown>][]) {
  test(`whatever is written as ${field}, what is shown of it is taken and shown again as it is`, async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(written, async (value) => {
        const once = await shown(field, value);
        if (once === undefined) return;
        taken++;
        assert.deepEqual(await shown(field, once), once);
      }),
    );
    assert.ok(taken > 50, `only ${taken} were taken: this says little`);
  });
}

test("two ways to write one place, one protocol, one time or one week are shown alike", async () => {
  for (const [field, ...ways] of [
    ["allowedSources", ["198.51.100.7"], ["198.51.100.7/32"], ["198.51.100.7", "198.51.100.7/32"]],
    ["allowedDestinations", ["10.0.0.5 tcp"], ["10.0.0.5/32 TCP"], ["10.0.0.5 proto 6"]],
    ["allowedDestinations", ["10.0.0.5 udp 1-9"], ["10.0.0.5 udp 5-9,1-4"], ["10.0.0.5  UDP 1 - 4 , 5 - 9"]],
    ["allowedHours", ["mon-fri 08:00-18:00"], ["Mon,Tue,Wed,Thu,Fri 8:00-18:00"]],
    ["allowedHours", ["22:00-24:00"], ["mon-sun 22:00-00:00"]],
    ["allowedHours", ["mon-sun"], ["00:00-24:00"]],
    ["validFrom", "2026-03-01T08:00:00.000Z", "2026-03-01 09:00+01:00", "2026-03-01t08:00:00.0000z"],
  ] as const)
    for (const way of ways) assert.deepEqual(await shown(field, way), ways[0], `${field} ${way}`);
});

test("an address inside a network is refused, and both that may be meant are named", async () => {
  for (const field of ["allowedSources", "allowedDestinations"]) {
    const { code, detail } = (await b.call("PATCH", PATH, { [field]: ["203.0.113.7/24"] })).json();
    assert.equal(code, "invalid-policy");
    assert.match(detail, /write 203\.0\.113\.0\/24 for the network, or 203\.0\.113\.7 for the one address/);
  }
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly examples?: readonly unknown[];
}
interface Operation {
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { $ref?: string } }>>;
  };
}

/** What can be sent twice and in any order; administrators and tokens have tests of their own. */
const LISTED = /^\/api\/v1\/(users|groups|config:)/;

suite("the examples of the document", () => {
  after(() => b.call("POST", "/api/v1/users", { name: "anna" }));

  let bodies: [string, string, Schema][] = [];
  before(async () => {
    const { paths, components } = (await b.app.inject("/api/v1/openapi.json")).json() as {
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, Schema> };
    };
    const listed = Object.entries(paths).filter(([path]) => LISTED.test(path));
    bodies = listed.flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) =>
        Object.entries(requestBody?.content ?? {}).map(([type, { schema }]): [string, string, Schema] => [
          `${method.toUpperCase()} ${path}`,
          type,
          components.schemas[schema.$ref!.split("/").at(-1)!]!,
        ]),
      ),
    );
  });

  test("stand for each body that users, groups and configuration take", () => {
    assert.deepEqual(
      bodies.map(([route, type]) => `${route} ${type}`),
      [
        "POST /api/v1/users application/json",
        "PUT /api/v1/users/{name} application/json",
        "PATCH /api/v1/users/{name} application/json",
        "PATCH /api/v1/users/{name} application/merge-patch+json",
        "PUT /api/v1/users/{name}/password application/json",
        "POST /api/v1/users:batch application/json",
        "POST /api/v1/users:apply application/json",
        "POST /api/v1/groups application/json",
        "PUT /api/v1/groups/{name} application/json",
        "PATCH /api/v1/groups/{name} application/json",
        "PATCH /api/v1/groups/{name} application/merge-patch+json",
        "POST /api/v1/config:reload application/json",
        "POST /api/v1/config:check application/json",
      ],
    );
  });

  test("can be sent as they stand, and are shown as they were sent", async () => {
    await b.call("DELETE", PATH);
    await b.call("POST", "/api/v1/users", { name: "carl" });
    for (const name of ["carl", "staff"]) await b.call("POST", "/api/v1/groups", { name });
    let sent = 0;
    for (const [route, type, schema] of bodies.filter(([one]) => one.includes("/users"))) {
      const [method, path] = route.split(" ") as ["POST" | "PATCH" | "PUT", string];
      const [resource = path] = /^\/api\/v1\/(?:users|groups)/.exec(path) ?? [];
      const nothing = resource.endsWith("groups") ? UNDECIDED : { ...UNRESTRICTED, group: null, labels: {} };
      for (const [field, { examples = [] }] of Object.entries(schema.properties ?? {})) {
        // Another name is for PATCH to give.
        for (const example of method === "PUT" && field === "name" ? [] : examples) {
          const name = method === "POST" ? `x${sent}` : "carl";
          const payload = JSON.stringify({ ...(method === "POST" ? { name } : {}), [field]: example });
          const answer = await b.app.inject({
            method,
            url: path.replace("{name}", name),
            headers: { authorization: `Bearer ${TOKEN}`, "content-type": type },
            payload,
          });
          assert.ok([200, 201].includes(answer.statusCode), `${route} ${payload}: ${answer.body}`);
          assert.deepEqual(answer.json()[field], example, `${route} ${field}`);
          const now = field === "name" ? String(example) : name;
          const read = await b.call("GET", `${resource}/${encodeURIComponent(now)}`);
          assert.deepEqual(read.json()[field], example);
          sent++;
          if (method === "POST") await b.call("DELETE", `${resource}/${encodeURIComponent(now)}`);
          else await b.call("PATCH", `${resource}/${encodeURIComponent(now)}`, { ...nothing, name });
        }
      }
    }
    assert.ok(sent > 25, `${sent} examples`);
  });
});

test("the values in the table of docs/api.md are taken and shown as they stand there", async () => {
  const text = readFileSync(new URL("../../../docs/api.md", import.meta.url), "utf8");
  let checked = 0;
  for (const [, fields, takes] of text.matchAll(/^\| (`[a-zA-Z`, ]+`) \| ([^|]*) \|/gm)) {
    for (const [, field] of fields!.matchAll(/`(\w+)`/g)) {
      if (!(field! in UNRESTRICTED)) continue;
      for (const [, code] of takes!.matchAll(/`(\[?"[^`]*|\[\]|true|false|null)`/g)) {
        const value: unknown = JSON.parse(code!);
        assert.deepEqual(await shown(field as Field, value), value, `${field} ${code}`);
        checked++;
      }
    }
  }
  assert.ok(checked >= 9, `${checked} values`);
});
