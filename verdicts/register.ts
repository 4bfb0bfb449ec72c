import type { Cause, Side, View, Words } from "./cause.ts";
import { ADDRESSES } from "./causes/addresses.ts";
import { ADMISSION } from "./causes/admission.ts";
import { ENCRYPTION } from "./causes/encryption.ts";
import { ENDINGS } from "./causes/endings.ts";
import { LINK } from "./causes/link.ts";
import { LOG_IN } from "./causes/log-in.ts";
import { REACHING } from "./causes/reaching-the-server.ts";

/** Every cause by its code. */
export const CAUSES = {
  ...REACHING,
  ...LINK,
  ...LOG_IN,
  ...ADMISSION,
  ...ENCRYPTION,
  ...ADDRESSES,
  ...ENDINGS,
} as const;

type Causes = typeof CAUSES;
type CauseCode = keyof Causes;

/** The code under which a side shows a cause; never: it does not see that one. */
type CodeOf<S extends Side, C extends CauseCode> = Causes[C] extends { readonly [K in S]: View }
  ? Causes[C][S] extends { readonly code: infer Alias extends string }
    ? Alias
    : C
  : never;

/** The codes that a side shows. */
type CodeSeenBy<S extends Side> = { [C in CauseCode]: CodeOf<S, C> }[CauseCode];

/** In the server's store and API, and as `pacctl attempt` shows it. */
export type VerdictCode = CodeSeenBy<"server">;

/** In what `pacctl dial` says of a dial that failed. */
export type FailureCode = CodeSeenBy<"client">;

/** In what `pacctl decode` says and neither side could. */
export type CaptureCode = CodeSeenBy<"capture">;

/** The words of each side, by the code under which it shows them. */
export const VERDICTS = wordsOf("server");
export const FAILURES = wordsOf("client");
export const CAPTURE_VERDICTS = wordsOf("capture");

/** The server's words for a code as stored; undefined for one that this version does not know. */
export function verdict(code: string): Words | undefined {
  return Object.hasOwn(VERDICTS, code) ? VERDICTS[code as VerdictCode] : undefined;
}

/**
 * Is this how a dial or session should be or end? `up`: its session had come up. False for a code that this
 * version does not know.
 */
export const isOrderly = (code: string, up: boolean): boolean =>
  ORDERLY.get(code) === "always" || (up && ORDERLY.get(code) === "once-up");

const ORDERLY: ReadonlyMap<string, Cause["orderly"]> = new Map(
  (["server", "client", "capture"] as const).flatMap((side) =>
    viewsOf(side).map(([code, { orderly }]) => [code, orderly] as const),
  ),
);

/** One cause, named as one side names it. */
export type SeenCause =
  | { readonly source: "server"; readonly code: VerdictCode }
  | { readonly source: "client"; readonly code: FailureCode }
  | { readonly source: "capture"; readonly code: CaptureCode };

/** What differs for the reader of a capture whose server is not pacd, by side and code. */
export const FOREIGN: Readonly<Record<Side, ReadonlyMap<string, NonNullable<View["foreign"]>>>> = {
  server: foreignWordsOf("server"),
  client: foreignWordsOf("client"),
  capture: foreignWordsOf("capture"),
};

/**
 * The words for the reader of a capture. `ofPacd`: the server in it is pacd, so that whoever runs it can do
 * what the words say of pacctl.
 */
export function wordsInCapture({ source, code }: SeenCause, ofPacd: boolean): Words {
  const words =
    source === "server" ? VERDICTS[code] : source === "client" ? FAILURES[code] : CAPTURE_VERDICTS[code];
  return ofPacd ? words : { ...words, ...FOREIGN[source].get(code) };
}

function wordsOf<S extends Side>(side: S): Readonly<Record<CodeSeenBy<S>, Words>> {
  const words = viewsOf(side).map(([code, { windowsErrors }, view]) => [
    code,
    { cause: view.cause, windowsErrors: view.windowsErrors ?? windowsErrors, remedy: view.remedy },
  ]);
  return Object.fromEntries(words) as Record<CodeSeenBy<S>, Words>;
}

function foreignWordsOf(side: Side): ReadonlyMap<string, NonNullable<View["foreign"]>> {
  return new Map(
    viewsOf(side).flatMap(([code, , { foreign }]) => (foreign === undefined ? [] : [[code, foreign]])),
  );
}

function viewsOf(side: Side): readonly (readonly [code: string, cause: Cause, view: View])[] {
  return Object.entries<Cause>(CAUSES).flatMap(([code, cause]) => {
    const view = cause[side];
    return view === undefined ? [] : [[view.code ?? code, cause, view] as const];
  });
}
