import { before as nodeBefore, test as nodeTest, type TestFn } from "node:test";
import { missingForLab } from "./availability.ts";

const missing = missingForLab();

/** As node:test has it; where the real client can't run, each test is skipped and says why. */
export function test(name: string, body: TestFn): void {
  if (missing === undefined) nodeTest(name, body);
  else nodeTest(name, { skip: missing });
}

/** As node:test has it, for a suite whose tests are not all skipped. */
export function before(prepare: () => Promise<void>): void {
  if (missing === undefined) nodeBefore(prepare);
}
