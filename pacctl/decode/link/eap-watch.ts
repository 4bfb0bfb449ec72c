import {
  decodeEapHead,
  EAP,
  EAP_TYPE,
  eapTitle,
  hasEapType,
  identityName,
  isEapMethod,
  wantedTypes,
} from "../../../server/ppp/auth/eap.ts";
import { decodeEapTls, tlsAlert } from "../../../server/ppp/auth/eap-tls.ts";
import type { CutPacket } from "../../../server/ppp/cut-packet.ts";

const NOTHING = new Uint8Array(0);

/** Methods that go on within TLS. */
const WITH_TLS: ReadonlySet<number> = new Set([
  EAP_TYPE.tls,
  EAP_TYPE.ttls,
  EAP_TYPE.peap,
  EAP_TYPE.fast,
  EAP_TYPE.teap,
]);

/** Ours: types that are remembered of what was proposed and wanted. */
const MAX_TYPES = 16;

/**
 * The conversation of EAP (RFC 3748), as somebody who listens knows it. Whoever sends Requests is the server.
 */
export class EapWatch {
  /** Requests, copies included, and Responses. */
  requests = 0;
  responses = 0;
  /** As the client said it in its last Identity, octets; undefined: no Identity was seen. */
  identity: Uint8Array | undefined;
  /** Methods that the server proposed, each once, in their order. */
  proposed: readonly number[] = [];
  /** Those of them that the client answered by a Nak. */
  refused: readonly number[] = [];
  /** What the client named in Naks, each once. */
  wanted: readonly number[] = [];
  /** The method that the client has answered in kind; undefined: none yet. */
  method: number | undefined;
  /** The last Request or Response, by its type, and how often it was sent in a row. */
  last:
    | { readonly code: number; readonly identifier: number; readonly type: number; times: number }
    | undefined;
  outcome: "success" | "failure" | undefined;
  /** The first TLS alert within EAP, and who sent it. */
  alert: { readonly from: "client" | "server"; readonly says: string } | undefined;

  packet(packet: CutPacket): void {
    const { code, identifier } = packet;
    if (code === EAP.success || code === EAP.failure) {
      this.outcome = code === EAP.success ? "success" : "failure";
      return;
    }
    const head = decodeEapHead(packet);
    if (!hasEapType(code) || !head.ok) return;
    const { type, data } = head.value;
    if (this.last?.code === code && this.last.identifier === identifier && this.last.type === type)
      this.last.times += 1;
    else this.last = { code, identifier, type, times: 1 };
    if (WITH_TLS.has(type)) this.#tls(code === EAP.request ? "server" : "client", data);
    if (code === EAP.request) this.#request(type);
    else this.#response(type, packet.cut ? undefined : data);
  }

  /** The client refused every method that the server proposed, and named none that was then taken up. */
  get hasNoCommonMethod(): boolean {
    const { proposed, refused } = this;
    return (
      this.method === undefined && refused.length > 0 && proposed.every((type) => refused.includes(type))
    );
  }

  /** As people call it: of the method that both speak, or else `EAP`. */
  get title(): string {
    return this.method === undefined ? "EAP" : eapTitle(this.method);
  }

  #tls(from: "client" | "server", data: Uint8Array): void {
    const piece = decodeEapTls(data);
    const says = piece.ok ? tlsAlert(piece.value.fragment) : undefined;
    if (says !== undefined) this.alert ??= { from, says };
  }

  #request(type: number): void {
    this.requests += 1;
    // The server begins anew: what came of the conversation before is of the past.
    if (type === EAP_TYPE.identity) this.outcome = undefined;
    if (isEapMethod(type)) this.proposed = withType(this.proposed, type);
  }

  /** `data`: undefined where the capture lacks the end of it. */
  #response(type: number, data: Uint8Array | undefined): void {
    this.responses += 1;
    if (type === EAP_TYPE.identity)
      this.identity = data === undefined ? undefined : identityName(data).slice();
    if (isEapMethod(type)) this.method = type;
    if (type !== EAP_TYPE.nak) return;
    const refused = this.proposed.at(-1);
    if (refused !== undefined) this.refused = withType(this.refused, refused);
    for (const one of wantedTypes(data ?? NOTHING)) this.wanted = withType(this.wanted, one);
  }
}

const withType = (types: readonly number[], type: number): readonly number[] =>
  types.length >= MAX_TYPES || types.includes(type) ? types : [...types, type];
