/** Codes of the control protocols' packets: RFC 1661 §5, RFC 1570 §2 (12, 13), RFC 1962 §3 (14, 15). */
export const CODE = {
  configureRequest: 1,
  configureAck: 2,
  configureNak: 3,
  configureReject: 4,
  terminateRequest: 5,
  terminateAck: 6,
  codeReject: 7,
  protocolReject: 8,
  echoRequest: 9,
  echoReply: 10,
  discardRequest: 11,
  identification: 12,
  timeRemaining: 13,
  resetRequest: 14,
  resetAck: 15,
} as const;

const NAMES = new Map<number, string>(Object.entries(CODE).map(([key, code]) => [code, inWords(key)]));

/** `Configure-Request`, or `code-99` for one without a name. */
export const codeName = (code: number): string => NAMES.get(code) ?? `code-${code}`;

/** `configureRequest` → `Configure-Request`. */
function inWords(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => `-${letter}`);
  return words[0]!.toUpperCase() + words.slice(1);
}
