import assert from "node:assert/strict";
import { test } from "node:test";
import { parseArguments, UsageError } from "../../bench/arguments.ts";

test("without words, all benchmarks run in full", () => {
  assert.deepEqual(parseArguments([]), {
    benchmarks: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    quick: false,
    json: undefined,
    rounds: undefined,
    seconds: undefined,
    peers: undefined,
  });
});

test("numbers choose benchmarks, once each, in their order", () => {
  assert.deepEqual(parseArguments(["3", "1", "3"]).benchmarks, [1, 3]);
});

test("a benchmark may be called by its name", () => {
  assert.deepEqual(parseArguments(["quick", "jumps", "crowd"]).benchmarks, [5, 7]);
});

test("quick and options may stand anywhere", () => {
  const words = [
    "--json",
    "a.json",
    "quick",
    "2",
    "--rounds",
    "5",
    "--seconds",
    "0.5",
    "--peers",
    "pacd,veth",
  ];
  assert.deepEqual(parseArguments(words), {
    benchmarks: [2],
    quick: true,
    json: "a.json",
    rounds: 5,
    seconds: 0.5,
    peers: ["pacd", "veth"],
  });
});

for (const [what, words] of [
  ["a benchmark that is not there", ["10"]],
  ["a word that means nothing", ["slow"]],
  ["an option without a value", ["--json"]],
  ["no rounds", ["--rounds", "0"]],
  ["half a round", ["--rounds", "1.5"]],
  ["seconds that are no number", ["--seconds", "x"]],
  ["more seconds than anybody waits", ["--seconds", "3601"]],
] as const) {
  test(`${what}: a usage error`, () => {
    assert.throws(() => parseArguments(words), UsageError);
  });
}
