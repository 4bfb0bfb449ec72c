import { AppError } from "../../server/errors/app-error.ts";
import { millis, seconds } from "../../server/wire/units.ts";
import type { Io } from "../io.ts";
import type { Output } from "../options/output.ts";

/** From the left upper corner on, nothing below it. */
const CLEAR = "\u001b[H\u001b[2J";

/** Ours: how often the list is painted anew. */
const EVERY = seconds(1);

/**
 * Paints what `text` gives, once a second, until Ctrl-C. Throws usage where standard output is no terminal:
 * who reads a file wants the list once.
 */
export async function watch(
  io: Pick<Io, "out" | "screen" | "host" | "onInterrupt">,
  { format }: Pick<Output, "format">,
  text: () => Promise<string>,
): Promise<void> {
  if (io.screen.columns === undefined)
    throw new AppError("usage", "--watch paints a terminal, and standard output is none: leave it out.");
  if (format !== "table" && format !== "wide")
    throw new AppError(
      "usage",
      `--watch paints tables, and ${format} is for programs: leave one of them out.`,
    );
  const { clock } = io.host;
  const stop = { asked: false, now: () => {} };
  io.onInterrupt(() => {
    stop.asked = true;
    stop.now();
  });
  while (!stop.asked) {
    const began = clock.now();
    const painted = await text();
    if (stop.asked) return;
    io.out(`${CLEAR}${painted}`);
    await new Promise<void>((resolve) => {
      const cancel = clock.after(millis(Math.max(0, EVERY - (clock.now() - began))), resolve);
      stop.now = () => {
        cancel();
        resolve();
      };
    });
  }
}
