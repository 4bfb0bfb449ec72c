import { printable } from "../../wire/printable.ts";
import { decodePapMessage, decodePapRequest, PAP } from "../auth/pap.ts";
import type { Packet } from "../packet.ts";

const NAMES = new Map<number, string>([
  [PAP.request, "Authenticate-Request"],
  [PAP.ack, "Authenticate-Ack"],
  [PAP.nak, "Authenticate-Nak"],
]);

/** `Authenticate-Request`, or `code-9`. */
export const papCodeName = (code: number): string => NAMES.get(code) ?? `code-${code}`;

/** A PAP packet. Of a password not even the length shows, nor anything of a request that does not decode. */
export function describePap(packet: Packet): string {
  const { code, identifier, data } = packet;
  const head = `${papCodeName(code)} id=${identifier}`;
  if (code === PAP.request) {
    const request = decodePapRequest(packet);
    if (!request.ok) return `${head} malformed (${request.code}), ${data.length} octets`;
    return `${head} name="${printable(request.value.name)}" password=(hidden)`;
  }
  if (code !== PAP.ack && code !== PAP.nak) return `${head} ${data.length} octets`;
  const message = decodePapMessage(packet);
  if (!message.ok) return `${head} malformed (${message.code}), ${data.length} octets`;
  return `${head} "${printable(message.value)}"`;
}
