/** What a resident can be asked to do in its namespace. Octets travel in base64. */
export interface ResidentOperations {
  fetch(request: HttpRequest): HttpAnswer;
  /** Opens TCP connections that say nothing. Resolves when all are open. */
  openSilent(to: { readonly host: string; readonly port: number; readonly count: number }): number;
  /** How many of them the other side has not closed. */
  countSilent(): number;
  closeSilent(): number;
  /** Sends octets on a connection of its own; resolves when the other side closes it, with what came back. */
  exchange(to: { readonly host: string; readonly port: number; readonly octets: string }): string;
  /** Sends GRE packets (from the GRE header on). Returns how many the kernel took. */
  sendGre(to: { readonly host: string; readonly packets: readonly string[] }): number;
  /** Sends UDP datagrams at a rate of inner IP, for some time. Returns how many the kernel took. */
  floodUdp(flood: UdpFlood): number;
  /**
   * Serves `size` random octets at /file and takes uploads, by POST, at /upload. Returns the SHA-256 of the
   * file.
   */
  serveFile(at: { readonly port: number; readonly size: number }): string;
  /** SHA-256 and size of what was uploaded, oldest first, and who sent it. */
  uploads(): readonly Upload[];
}

export interface UdpFlood {
  readonly host: string;
  readonly port: number;
  readonly bitsPerSecond: number;
  /** Of each packet, with its IPv4 and UDP header. */
  readonly octets: number;
  readonly forMs: number;
}

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export interface Upload {
  readonly size: number;
  readonly sha256: string;
  readonly from: string;
}
