import assert from "node:assert/strict";
import { test } from "node:test";
import { ClientRoutes } from "../../../server/platform/client-routes.ts";
import { type Ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { formatNetwork } from "../../../server/wire/ipv4-network.ts";

const address = (text: string): Ipv4 => parseIpv4(text)!;
const POOL = { address: address("10.77.0.8"), prefix: 29 };

/** `refuse`: the kernel's code for the next call. */
function bench() {
  const calls: string[] = [];
  const kernel: { refuse?: string } = {};
  const call = (what: string) => (name: string, network: number, prefix: number) => {
    calls.push(`${what} ${formatNetwork({ address: network as Ipv4, prefix })} ${name}`);
    const code = kernel.refuse;
    if (code !== undefined) throw Object.assign(new Error(code), { code, errno: -1, syscall: "SIOCADDRT" });
  };
  const table = { addRoute: call("add"), removeRoute: call("remove") };
  const routes = new ClientRoutes("pac0", [POOL], () => table);
  return { calls, kernel, routes, wanted: () => routes.wanted.map(formatNetwork) };
}

test("an address of a pool needs no route of its own", () => {
  const { calls, routes } = bench();
  for (const text of ["10.77.0.8", "10.77.0.15"]) {
    routes.open(address(text));
    routes.close(address(text));
  }
  assert.deepEqual(calls, []);
});

test("an address beside the pools is routed while a client has it", () => {
  const { calls, routes, wanted } = bench();
  routes.open(address("10.77.0.7"));
  routes.open(address("10.77.0.7"));
  assert.deepEqual(wanted(), ["10.77.0.8/29", "10.77.0.7/32"]);
  routes.close(address("10.77.0.7"));
  routes.close(address("10.77.0.7"));
  assert.deepEqual(calls, ["add 10.77.0.7/32 pac0", "remove 10.77.0.7/32 pac0"]);
  assert.deepEqual(wanted(), ["10.77.0.8/29"]);
});

test("a route that is there already, or gone already, is as it should be; another refusal is told", () => {
  const { kernel, routes, wanted } = bench();
  kernel.refuse = "EEXIST";
  routes.open(address("10.77.0.16"));
  assert.deepEqual(wanted(), ["10.77.0.8/29", "10.77.0.16/32"]);
  kernel.refuse = "ESRCH";
  routes.close(address("10.77.0.16"));
  kernel.refuse = "EPERM";
  assert.throws(() => routes.open(address("10.77.0.17")), { code: "EPERM" });
});

test("a pool of all addresses holds each", () => {
  const calls: string[] = [];
  const table = { addRoute: () => void calls.push("add"), removeRoute: () => void calls.push("remove") };
  const routes = new ClientRoutes("pac0", [{ address: address("0.0.0.0"), prefix: 0 }], () => table);
  routes.open(address("192.0.2.1"));
  assert.deepEqual(calls, []);
});

const OTHER = { address: address("10.78.0.0"), prefix: 24 };

test("other networks: routes are added at once, and those before go at the end", () => {
  const { calls, routes, wanted } = bench();
  const change = routes.change([OTHER]);
  assert.deepEqual(calls, ["add 10.78.0.0/24 pac0"]);
  assert.deepEqual(wanted(), ["10.78.0.0/24"]);
  change.finish();
  assert.deepEqual(calls, ["add 10.78.0.0/24 pac0", "remove 10.77.0.8/29 pac0"]);
});

test("a client whose address is in no network any more has a route of its own, until it goes", () => {
  const { calls, routes, wanted } = bench();
  routes.open(address("10.77.0.9"));
  routes.change([OTHER]).finish();
  assert.deepEqual(calls.splice(0), [
    "add 10.78.0.0/24 pac0",
    "add 10.77.0.9/32 pac0",
    "remove 10.77.0.8/29 pac0",
  ]);
  assert.deepEqual(wanted(), ["10.78.0.0/24", "10.77.0.9/32"]);
  routes.close(address("10.77.0.9"));
  assert.deepEqual(calls, ["remove 10.77.0.9/32 pac0"]);
});

test("a client beside the networks that a wider one takes in needs its own route no more", () => {
  const { calls, routes, wanted } = bench();
  routes.open(address("10.77.0.77"));
  calls.length = 0;
  routes.change([{ address: address("10.77.0.0"), prefix: 24 }]).finish();
  assert.deepEqual(calls, ["add 10.77.0.0/24 pac0", "remove 10.77.0.8/29 pac0", "remove 10.77.0.77/32 pac0"]);
  routes.close(address("10.77.0.77"));
  assert.equal(calls.length, 3);
  assert.deepEqual(wanted(), ["10.77.0.0/24"]);
});

test("taken back, all is as it was, and what came meanwhile has its route", () => {
  const { calls, routes, wanted } = bench();
  const change = routes.change([OTHER]);
  routes.open(address("10.78.0.5"));
  calls.length = 0;
  change.undo();
  assert.deepEqual(calls, ["remove 10.78.0.0/24 pac0"]);
  assert.deepEqual(wanted(), ["10.77.0.8/29", "10.78.0.5/32"]);
});

test("a route that the kernel does not take is interface-refused, and those before it are gone again", () => {
  const { calls, kernel, routes, wanted } = bench();
  kernel.refuse = "EEXIST";
  assert.throws(() => routes.change([OTHER]), {
    code: "interface-refused",
    message: "The clients' network 10.78.0.0/24 cannot be routed into pac0: another route leads there.",
  });
  assert.deepEqual(wanted(), ["10.77.0.8/29"]);
  assert.deepEqual(calls, ["add 10.78.0.0/24 pac0"]);
});
