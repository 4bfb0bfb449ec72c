import type { CaptureOptions, Problem } from "../../../pacctl/capture/captured.ts";
import { type Credentials, credentialsOf, NO_CREDENTIALS } from "../../../pacctl/decode/credentials.ts";
import type {
  DecodedCall,
  DecodedRow,
  DecodeOptions,
  InnerPacket,
} from "../../../pacctl/decode/decode-types.ts";
import { Decoder } from "../../../pacctl/decode/decoder.ts";

/** Everything that a decoder told. */
export interface Decoded {
  readonly calls: readonly DecodedCall[];
  readonly rows: readonly (DecodedRow & { readonly call: number })[];
  readonly inner: readonly InnerPacket[];
  readonly problems: readonly Problem[];
  readonly decoder: Decoder;
}

/** Decodes a file, in chunks of so many octets. */
export function decodedFile(
  file: Uint8Array,
  options: Partial<DecodeOptions> = {},
  chunk = 1500,
  capture: CaptureOptions = {},
): Decoded {
  const calls: DecodedCall[] = [];
  const rows: (DecodedRow & { call: number })[] = [];
  const inner: InnerPacket[] = [];
  const problems: Problem[] = [];
  const defaults: DecodeOptions = {
    credentials: NO_CREDENTIALS,
    fields: false,
    packets: false,
    all: false,
    secrets: false,
    ladders: true,
  };
  const decoder = new Decoder(
    { ...defaults, ...options },
    {
      row: (call, row) => rows.push({ ...row, call: call.number }),
      over: (call) => calls.push(call),
      inner: (_, packet) => inner.push({ ...packet, octets: packet.octets.slice() }),
      problem: (problem) => problems.push(problem),
    },
    capture,
  );
  const memory = new Uint8Array(chunk);
  for (let at = 0; at < file.length; at += chunk) {
    const part = file.subarray(at, at + chunk);
    memory.set(part);
    const more = decoder.push(memory.subarray(0, part.length));
    memory.fill(0xee);
    if (!more) break;
  }
  decoder.end();
  return { calls, rows, inner, problems, decoder };
}

/** One password for one name. */
export const password = (name: string, secret: string): Credentials => credentialsOf([[name, secret]]);

/** Rows in short: `client lcp Configure-Request id=1`. */
export const lines = ({ rows }: Pick<Decoded, "rows">): string[] =>
  rows.map(
    ({ from, layer, text, mark }) => `${from} ${layer} ${mark === undefined ? "" : `[${mark}] `}${text}`,
  );
