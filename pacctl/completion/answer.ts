import { apiClient } from "../api-client.ts";
import type { Io } from "../io.ts";
import { findServer, type ServerOptions } from "../server.ts";
import { typedApi } from "../typed-api.ts";
import { type Candidate, liveNames } from "./live-names.ts";
import { quotedForBash, typedWords } from "./typed-line.ts";
import { LIVE_KINDS, type LiveKind } from "./values.ts";

/** Ours, in milliseconds: who presses a key waits no longer. */
const PATIENCE = 900;

/** What of the world a completion needs: none of it asks or tells anybody. */
export type CompletionIo = Pick<
  Io,
  "env" | "fetch" | "canConnect" | "readFile" | "readStateFile" | "now" | "pause"
>;

/** What a shell asks: names of which kind, and what is typed. */
interface Question {
  readonly kind: LiveKind;
  /** Words before the one that is begun, after the program's name. */
  readonly before: readonly string[];
  /** What of the word is typed; of `--user=an` what follows the sign. */
  readonly typed: string;
  readonly answer: (found: readonly Candidate[]) => readonly string[];
}

/**
 * Lines for the completion of a shell, by what its script says: `bash KIND COMP_TYPE WORD LINE`, or
 * `zsh|fish KIND WORDS...`. Whatever goes wrong, nothing is said and nothing asked: somebody is typing.
 */
export async function completionAnswer(argv: readonly string[], io: CompletionIo): Promise<string> {
  const question = questionOf(argv);
  if (question === undefined) return "";
  const silent = { ...io, err: () => {} };
  try {
    const server = await findServer(silent, serverOptions(question.before));
    const ask = typedApi(apiClient(silent, server, PATIENCE));
    const found = await liveNames(question.kind, ask, question.typed, io.now());
    const others = found.filter(({ word }) => word === question.typed || !question.before.includes(word));
    return question
      .answer(others)
      .map((line) => `${line}\n`)
      .join("");
  } catch {
    return "";
  }
}

function questionOf([shell, asked, ...rest]: readonly string[]): Question | undefined {
  const kind = LIVE_KINDS.find((one) => one === asked);
  if (kind === undefined) return undefined;
  switch (shell) {
    case "bash":
      return bashQuestion(kind, rest);
    case "zsh":
    case "fish": {
      // Words of zsh come as they were typed; fish takes its quotes from all but the last.
      const before = rest.slice(0, -1).map((word) => (shell === "zsh" ? textOf(word) : word));
      const answer = (found: readonly Candidate[]) => found.map(({ word, about }) => `${word}\t${about}`);
      return { kind, before, typed: afterSign(textOf(rest.at(-1) ?? "")), answer };
    }
    default:
      return undefined;
  }
}

const textOf = (typed: string): string => typedWords(typed)[0]!.text;

const afterSign = (text: string): string => text.replace(/^--[\w-]+=/, "");

/** What bash shows for TAB TAB, where nothing is put in: `?` in COMP_TYPE. */
const LISTING = "63";

function bashQuestion(
  kind: LiveKind,
  [type = "", ending = "", line = ""]: readonly string[],
): Question | undefined {
  const words = typedWords(line);
  const { typed, text, quote } = words.at(-1)!;
  // What readline takes for the word ends the one that was typed: it parts words at colons and the like.
  if (!typed.endsWith(ending)) return undefined;
  const kept = typed.slice(0, typed.length - ending.length);
  const sign = /^--[\w-]+=/.exec(typed)?.[0] ?? "";
  const answer = (found: readonly Candidate[]): readonly string[] => {
    const several = type === LISTING && found.length > 1;
    return found.flatMap(({ word, about }) => {
      const whole = sign + quotedForBash(word, quote);
      // Typed with other quotes or letters than these: nothing can be put behind it.
      if (!whole.startsWith(kept)) return [];
      return [whole.slice(kept.length) + (several && about !== "" ? `  (${about})` : "")];
    });
  };
  return { kind, before: words.slice(1, -1).map((word) => word.text), typed: afterSign(text), answer };
}

/** Names of the options that say which server is meant, as it is written and as the server is found by it. */
const SERVER_OPTIONS: Readonly<Record<string, keyof ServerOptions>> = {
  "--url": "url",
  "--ca": "ca",
  "--token-file": "tokenFile",
  "--socket": "socket",
  "--config": "config",
};

function serverOptions(words: readonly string[]): ServerOptions {
  const given: { -readonly [Key in keyof ServerOptions]: ServerOptions[Key] } = {};
  words.forEach((word, i) => {
    const [name = "", value] = word.split(/=(.*)/s);
    const key = SERVER_OPTIONS[name];
    const said = value ?? words[i + 1];
    if (key !== undefined && said !== undefined) given[key] = said;
  });
  return given;
}
