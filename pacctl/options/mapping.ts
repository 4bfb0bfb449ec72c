import { InvalidArgumentError } from "commander";

/** `THERE=HERE`, repeatable. Throws commander's InvalidArgumentError. */
export function mapping(text: string, before: unknown): ReadonlyMap<string, string> {
  const at = text.lastIndexOf("=");
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError("Write it like THERE=HERE.");
  return new Map([...(before instanceof Map ? before : []), [text.slice(0, at), text.slice(at + 1)]]);
}
