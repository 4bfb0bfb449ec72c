import type { ConfigChange } from "../config/compare-configs.ts";
import { changeText } from "./report.ts";

/** Ours: of a file with many faults the first ones are told, which most often are why the others are. */
const MOST_LINES = 10;

/** The first lines of many, each a fault with its place. */
export function firstLines(message: string): string {
  const lines = message.split("\n");
  const more = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/** For the condition that holds until a reload succeeds. */
export const refusedSentence = (message: string): string =>
  `The configuration file was refused when it was read again: ${firstLines(message).replace(/\.$/, "")}. pacd goes on with what it had, and may not start again with this file: mend it, try it with \`pacctl reload --dry-run\`, then \`pacctl reload\`.`;

/** For the condition that holds until pacd was restarted, or the keys have their old values again. */
export const restartSentence = (changes: readonly ConfigChange[]): string =>
  `Changed in the configuration file, and in force only after a restart: ${changes.map(changeText).join(", ")}. Restart pacd when it suits; until then the old values count.`;
