import { title } from "../../../server/pptp/messages/codec.ts";
import { readHeader } from "../../../server/pptp/messages/header.ts";
import type { ControlItem } from "./control-item.ts";

/** What octets that came together were. */
interface Carried {
  /** So many were the end of a message whose middle the capture lacks. */
  readonly passed: number;
  /** So many of the first message had come before. */
  readonly before: number;
  /** What was completed. */
  readonly items: readonly ControlItem[];
}

/** `the last 8 octets of Echo-Request; Set-Link-Info`; `begun`: what is held now of the next message. */
export function carriedText({ passed, before, items }: Carried, begun: Uint8Array): string {
  const parts = passed === 0 ? [] : [`the last ${passed} octets of a message whose middle is missing`];
  for (const [i, item] of items.entries()) {
    if (item.kind !== "message") parts.push(`${item.length} octets that are no message`);
    else if (i > 0 || before === 0) parts.push(title(item.message.type));
    else parts.push(`the last ${item.octets.length - before} octets of ${title(item.message.type)}`);
  }
  const held = begun.length;
  if (held > 0 && items.length === 0 && before > 0)
    parts.push(`octets ${before + 1} to ${held} of ${nameOf(begun)}`);
  else if (held > 0) parts.push(`the first ${held} octets of ${nameOf(begun)}`);
  return parts.join("; ");
}

function nameOf(begun: Uint8Array): string {
  const header = readHeader(begun, begun.length);
  return header.ok && header.value !== undefined ? title(header.value.type) : "a message";
}
