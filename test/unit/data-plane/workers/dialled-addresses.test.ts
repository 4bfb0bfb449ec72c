import assert from "node:assert/strict";
import { test } from "node:test";
import { DialledAddresses } from "../../../../server/data-plane/workers/dialled-addresses.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";

const [ONE, TWO, THREE] = [ipv4(1), ipv4(2), ipv4(3)];

function dialled(...listened: readonly (typeof ONE)[]) {
  const told: (readonly number[])[] = [];
  return { told, all: new DialledAddresses(listened, (addresses) => told.push(addresses)) };
}

test("a tunnel of an address that is listened on changes nothing", () => {
  const { told, all } = dialled(ONE);
  all.begun(ONE);
  all.ended(ONE);
  assert.deepEqual(told, []);
});

test("where all count nothing changes", () => {
  const { told, all } = dialled();
  all.begun(ONE);
  all.listenOn([]);
  all.ended(ONE);
  assert.deepEqual(told, []);
});

test("an address that is listened on no more counts until its last tunnel has ended", () => {
  const { told, all } = dialled(ONE);
  all.begun(ONE);
  all.begun(ONE);
  all.listenOn([TWO]);
  assert.deepEqual(told.splice(0), [[TWO, ONE]]);
  all.ended(ONE);
  assert.deepEqual(told, []);
  all.ended(ONE);
  assert.deepEqual(told, [[TWO]]);
});

test("from all to some, and back", () => {
  const { told, all } = dialled();
  all.begun(THREE);
  all.listenOn([ONE, TWO]);
  all.listenOn([]);
  assert.deepEqual(told, [[ONE, TWO, THREE], []]);
});

test("more than a filter takes are all", () => {
  const many = Array.from({ length: 16 }, (_, i) => ipv4(100 + i));
  const { told, all } = dialled(...many);
  all.begun(ONE);
  assert.deepEqual(told.splice(0), [[]]);
  all.ended(ONE);
  assert.deepEqual(told, [many]);
});

test("a tunnel whose address was listened on no more when it began counts as well", () => {
  const { told, all } = dialled(ONE);
  all.listenOn([TWO]);
  all.begun(ONE);
  assert.deepEqual(told, [[TWO], [TWO, ONE]]);
});
