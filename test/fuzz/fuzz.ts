import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { hex } from "../../server/wire/bytes.ts";
import { fc } from "../support/fc.ts";
import { corpusOf } from "./corpus.ts";
import { HEAP_SLACK, heapInUse } from "./heap.ts";
import type { Target } from "./target.ts";

/** The sum of all targets' shares, so that each file of tests takes its part of all inputs. */
const ALL_SHARES = 1265;

/** Inputs of all targets together in a short run; a long one is told by FUZZ_INPUTS. */
const SHORT = 10_000;

/** The seed where FUZZ_SEED says none: the same answer every time. */
const FIXED = 2637;

/**
 * Inputs between two looks at the heap, and of one seed: the seed printed with a failure replays at most so
 * many.
 */
const BATCH = 1000;

const { FUZZ_INPUTS, FUZZ_SEED } = process.env;
const total = Number(FUZZ_INPUTS ?? SHORT);
const firstSeed = Number(FUZZ_SEED ?? FIXED);

/**
 * Feeds these targets: first what is kept of each, then its part of all inputs. A short run is tests; a long
 * one does without the test runner, which watches every promise, and makes the whole server five times slower
 * by that.
 */
export async function fuzz(targets: readonly Target[]): Promise<void> {
  for (const target of targets) {
    const inputs = Math.max(1, Math.round((total * target.share) / ALL_SHARES));
    if (FUZZ_INPUTS !== undefined) {
      await inLongRun(target, inputs);
      continue;
    }
    test(`${target.name}: what was found before`, () => replayed(target));
    test(`${target.name}: ${inputs} inputs`, async (t) => t.diagnostic(await fuzzed(target, inputs)));
  }
}

/** Says how it went; goes on to the next target either way. */
async function inLongRun(target: Target, inputs: number): Promise<void> {
  try {
    await replayed(target);
    process.stdout.write(`${await fuzzed(target, inputs)}\n`);
  } catch (error) {
    process.stderr.write(`${inspect(error)}\n`);
    process.exitCode = 1;
  }
}

async function replayed(target: Target): Promise<void> {
  for (const { name, why, input } of corpusOf(target.name)) {
    try {
      await target.run(input);
    } catch (error) {
      throw new Error(`corpus/${target.name}/${name} (${why})`, { cause: error });
    }
  }
}

/** One line about a run that found nothing. */
async function fuzzed(target: Target, inputs: number): Promise<string> {
  const began = process.uptime();
  let half: number | undefined;
  let heap = 0;
  try {
    for (let done = 0, seed = firstSeed; done < inputs; done += BATCH, seed += 1) {
      if (done * 2 >= inputs) half ??= heapInUse();
      await batch(target, seed, Math.min(BATCH, inputs - done));
    }
    heap = heapInUse();
  } finally {
    await target.close?.();
  }
  half ??= heap;
  assert.ok(heap <= half + HEAP_SLACK, `${target.name}: the heap grew from ${mebi(half)} to ${mebi(heap)}`);
  const rate = Math.round(inputs / (process.uptime() - began));
  const memory = `heap ${mebi(half)} at half, ${mebi(heap)} at the end`;
  return `${target.name}: ${inputs} inputs, seed ${firstSeed}, ${rate} a second, ${memory}`;
}

async function batch(target: Target, seed: number, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(target.inputs, async (input) => {
    const outcome = target.run(input);
    if (outcome !== undefined) await outcome;
  });
  const result = await fc.check(property, { seed, numRuns });
  if (!result.failed) return;
  const input = result.counterexample?.[0] ?? new Uint8Array(0);
  const replay = `FUZZ_SEED=${seed} shows it first; keep it in test/fuzz/corpus/${target.name}`;
  throw new Error(`${target.name} fails on ${hex(input)}\n${replay}`, { cause: result.errorInstance });
}

const mebi = (octets: number): string => `${(octets / 1024 / 1024).toFixed(1)} MiB`;
