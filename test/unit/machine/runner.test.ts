import assert from "node:assert/strict";
import { test } from "node:test";
import { Runner } from "../../../server/machine/runner.ts";

/** Counts what it has heard, and says each word twice. "break" is one that it cannot take. */
function echo(heard: number, word: string): readonly [number, ...string[]] {
  if (word === "break") throw new Error("the machine broke");
  return [heard + 1, `${word} once`, `${word} twice`];
}

/** What a runner of the machine above does, as lines. `on`: what happens while an effect is performed. */
class Bench {
  readonly lines: string[] = [];
  readonly failures: unknown[] = [];
  readonly on: Record<string, () => void> = {};
  readonly runner: Runner<number, string, string>;

  constructor(first: readonly string[] = []) {
    this.runner = new Runner(echo, [0, ...first], {
      perform: (effect) => {
        this.lines.push(effect);
        this.on[effect]?.();
      },
      failed: (error) => {
        this.failures.push((error as Error).message);
        this.on["failed"]?.();
      },
      observe: (event, effects) => this.lines.push(`${event ?? "start"}: ${effects.join(", ")}`),
    });
  }
}

test("an event moves the machine, and its effects are performed in order", () => {
  const bench = new Bench();
  bench.runner.feed("a");
  bench.runner.feed("b");
  assert.deepEqual(bench.lines, [
    "a: a once, a twice",
    "a once",
    "a twice",
    "b: b once, b twice",
    "b once",
    "b twice",
  ]);
  assert.equal(bench.runner.state, 2);
});

test("an event that comes while effects are performed waits for the last of them", () => {
  const bench = new Bench();
  bench.on["a once"] = () => {
    bench.runner.feed("b");
    bench.runner.feed("c");
    assert.equal(bench.runner.state, 1);
  };
  bench.on["b once"] = () => bench.runner.feed("d");
  bench.runner.feed("a");
  const effects = bench.lines.filter((line) => !line.includes(":"));
  assert.deepEqual(effects, [
    "a once",
    "a twice",
    "b once",
    "b twice",
    "c once",
    "c twice",
    "d once",
    "d twice",
  ]);
  assert.equal(bench.runner.state, 4);
});

test("the effects that a machine begins with are performed by start, and events wait for them too", () => {
  const bench = new Bench(["first", "second"]);
  bench.on["first"] = () => bench.runner.feed("a");
  assert.deepEqual(bench.lines, []);
  bench.runner.start();
  assert.deepEqual(bench.lines, [
    "start: first, second",
    "first",
    "second",
    "a: a once, a twice",
    "a once",
    "a twice",
  ]);
});

test("after stop nothing moves: not the effects at hand, not what waits, not what comes", () => {
  const bench = new Bench();
  bench.on["a once"] = () => {
    bench.runner.feed("b");
    bench.runner.stop();
    bench.runner.feed("c");
  };
  bench.runner.feed("a");
  bench.runner.feed("d");
  assert.deepEqual(bench.lines, ["a: a once, a twice", "a once"]);
  assert.equal(bench.runner.state, 1);
  assert.equal(bench.runner.stopped, true);
  assert.deepEqual(bench.failures, []);
});

test("a runner that is stopped before it starts performs nothing", () => {
  const bench = new Bench(["first"]);
  bench.runner.stop();
  bench.runner.start();
  bench.runner.feed("a");
  assert.equal(bench.lines.includes("first"), false);
  assert.equal(bench.runner.state, 0);
});

test("an error of the machine goes to the one handler, and the runner has stopped", () => {
  const bench = new Bench();
  bench.on["failed"] = () => {
    assert.equal(bench.runner.stopped, true);
    bench.runner.feed("from the handler");
  };
  bench.on["a once"] = () => {
    bench.runner.feed("break");
    bench.runner.feed("b");
  };
  bench.runner.feed("a");
  assert.deepEqual(bench.failures, ["the machine broke"]);
  assert.deepEqual(bench.lines, ["a: a once, a twice", "a once", "a twice"]);
  assert.equal(bench.runner.state, 1);
});

test("an error of an effect ends its event: the effects behind it are not performed", () => {
  const bench = new Bench();
  bench.on["a once"] = () => {
    throw new Error("the effect broke");
  };
  bench.runner.feed("a");
  bench.runner.feed("b");
  assert.deepEqual(bench.failures, ["the effect broke"]);
  assert.deepEqual(bench.lines, ["a: a once, a twice", "a once"]);
});

test("an error that the handler throws on reaches whoever fed the event", () => {
  const bench = new Bench();
  bench.on["failed"] = () => {
    throw new Error("thrown on");
  };
  assert.throws(() => bench.runner.feed("break"), /thrown on/);
  bench.runner.feed("a");
  assert.deepEqual(bench.lines, []);
});
