import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { hex } from "../../server/wire/bytes.ts";
import { corpusOf } from "./corpus.ts";
import { HEAP_SLACK, heapInUse } from "./heap.ts";
import type { Target } from "./target.ts";

/** The sum of all targets' shares, so that each file of tests takes its part of all inputs. */
const ALL_SHARES = 1000;

/** Inputs of all targets together in a short run. */
const SHORT = 20_000;

/** The seed of a short run: the same answer every time. */
const FIXED = 2637;

/** Inputs between two looks at the heap, and of one seed: the seed printed with a failure replays at most so many. */
const BATCH = 1000;

const long = process.env["FUZZ_INPUTS"] !== undefined;
const total = Number(process.env["FUZZ_INPUTS"] ?? SHORT);
const firstSeed = Number(process.env["FUZZ_SEED"] ?? (long ? randomInt(1_000_000_000) : FIXED));

/** Tests of these targets: what is kept of each, then its part of all inputs. */
export function fuzz(targets: readonly Target[]): void {
  for (const target of targets) {
    test(`${target.name}: what was found before`, async () => {
      for (const { name, why, input } of corpusOf(target.name)) {
        try {
          await target.run(input);
        } catch (error) {
          throw new Error(`corpus/${target.name}/${name} (${why})`, { cause: error });
        }
      }
    });
    const inputs = Math.max(1, Math.round((total * target.share) / ALL_SHARES));
    test(`${target.name}: ${inputs} inputs`, async (t) => {
      t.diagnostic(`${target.name}: ${await fuzzed(target, inputs)}`);
    });
  }
}

/** One line about a run that found nothing. */
async function fuzzed(target: Target, inputs: number): Promise<string> {
  const began = process.uptime();
  let half: number | undefined;
  try {
    for (let done = 0, seed = firstSeed; done < inputs; done += BATCH, seed += 1) {
      if (done * 2 >= inputs) half ??= heapInUse();
      await batch(target, seed, Math.min(BATCH, inputs - done));
    }
  } finally {
    await target.close?.();
  }
  const heap = heapInUse();
  half ??= heap;
  assert.ok(heap <= half + HEAP_SLACK, `the heap grew from ${mebi(half)} to ${mebi(heap)}`);
  const rate = Math.round(inputs / (process.uptime() - began));
  return `${inputs} inputs, seed ${firstSeed}, ${rate} a second, heap ${mebi(half)} at half, ${mebi(heap)} at the end`;
}

async function batch(target: Target, seed: number, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(target.inputs, async (input) => {
    const outcome = target.run(input);
    if (outcome !== undefined) await outcome;
  });
  const result = await fc.check(property, { seed, numRuns });
  if (!result.failed) return;
  const input = result.counterexample?.[0] ?? new Uint8Array(0);
  const replay = `FUZZ_SEED=${seed} FUZZ_INPUTS=1000 shows it again; keep it in test/fuzz/corpus/${target.name}`;
  throw new Error(`${target.name} fails on ${hex(input)}\n${replay}`, { cause: result.errorInstance });
}

const mebi = (octets: number): string => `${(octets / 1024 / 1024).toFixed(1)} MiB`;
