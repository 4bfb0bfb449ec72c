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
