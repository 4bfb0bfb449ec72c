import { opposite } from "../side.ts";
import type { Call } from "./call.ts";

/** Ours: so many GRE packets of one side on one side of a NAT, and none on the other, are no accident. */
const TELLING = 3;

/** What is to be said of a call that stands in the capture twice. */
export function twinFindings(call: Call): string[] {
  const { twin } = call;
  if (twin === undefined) return [];
  const other = twin.call;
  const changed = (["client", "server"] as const).flatMap((side) =>
    call[side] === other[side] ? [] : [`the ${side} is ${other[side]} there and ${call[side]} here`],
  );
  const found = [
    `This is the same dial as call ${other.number}, seen on the other side of a NAT: ${changed.join(", ")}. They have the same ${twin.by}.`,
  ];
  for (const side of ["client", "server"] as const)
    if (call.facts.gre[side] >= TELLING && other.facts.gre[side] === 0)
      found.push(
        `GRE of the ${side} is here and not in call ${other.number}: what stands between the two does not let it through to the ${opposite(side)}.`,
      );
  return found;
}
