import { formatIpv4 } from "../../server/wire/ipv4.ts";
import { encryptionText } from "../client/dial/agreed.ts";
import type { Connected, DialSettings, StageDone } from "../client/dial/dial-types.ts";
import { explained, type Failure } from "../client/failures/failure.ts";
import type { TunnelCounters } from "../client/tunnel/tunnel-types.ts";
import { printable } from "./printable.ts";
import { bytes } from "./quantities.ts";

const TITLES: Readonly<Record<Failure["stage"], string>> = {
  host: "This host",
  tcp: "TCP connection",
  control: "Control connection, call",
  lcp: "Link options (LCP)",
  auth: "Log-in",
  ccp: "Encryption (CCP)",
  ipcp: "Address (IPCP)",
  tunnel: "Tunnel",
};

const WIDEST = Math.max(...Object.values(TITLES).map((title) => title.length));

/** Tells how a dial goes: line by line for people, one document at its end for scripts. */
export class DialReport {
  readonly #out: (text: string) => void;
  readonly #json: boolean;
  readonly #staying: boolean;
  readonly #server: string;
  readonly #stages: StageDone[] = [];
  #connected: Connected | undefined;
  #failure: Failure | undefined;

  constructor({ server, tun }: DialSettings, out: (text: string) => void, json: boolean) {
    this.#out = out;
    this.#json = json;
    this.#server = server;
    this.#staying = tun !== undefined;
  }

  done(stage: StageDone): void {
    this.#stages.push(stage);
    this.#line("ok  ", stage.stage, `${Math.round(stage.elapsed)} ms`, stage.agreed);
  }

  connected(network: Connected): void {
    this.#connected = network;
    const { address, encryption, mtu, elapsed } = network;
    const facts = [
      `address ${formatIpv4(address)}`,
      `encryption ${encryptionText(encryption)}`,
      `MTU ${mtu}`,
    ];
    this.#say(`connected: ${facts.join(", ")}, in ${Math.round(elapsed)} ms\n`);
    if (this.#staying) this.#say("The tunnel is up; Ctrl-C ends it.\n");
  }

  failed(failure: Failure): void {
    this.#failure = failure;
    const { stage, code, seen, cause, windowsErrors, remedy } = explained(failure);
    const ended = stage === "tunnel";
    this.#line(ended ? "END " : "FAIL", stage, "", seen);
    const errors =
      windowsErrors.length === 0 ? "" : `  A Windows client shows error ${windowsErrors.join(" or ")}.\n`;
    this.#say(`${ended ? "ended" : "failed"}: ${code}\n  ${cause}\n${errors}  ${remedy}\n`);
  }

  /** Everything is closed. */
  over(counters: TunnelCounters | undefined): void {
    if (this.#json) this.#out(`${JSON.stringify(this.#document(counters), null, 2)}\n`);
    else if (this.#connected !== undefined && this.#failure === undefined)
      this.#say(`hung up${this.#staying ? `: ${traffic(counters)}` : ""}\n`);
  }

  #line(mark: string, stage: Failure["stage"], time: string, text: string): void {
    this.#say(`${mark}  ${TITLES[stage].padEnd(WIDEST)}  ${time.padStart(8)}  ${printable(text)}\n`);
  }

  #say(text: string): void {
    if (!this.#json) this.#out(text);
  }

  #document(counters: TunnelCounters | undefined): object {
    const network = this.#connected;
    return {
      server: this.#server,
      connected: network !== undefined,
      stages: this.#stages.map(({ stage, elapsed, agreed }) => ({ stage, ms: Math.round(elapsed), agreed })),
      network: network === undefined ? null : networkJson(network),
      failure: this.#failure === undefined ? null : explained(this.#failure),
      traffic: counters ?? null,
    };
  }
}

function networkJson({ address, server, dns, encryption, mtu, elapsed }: Connected): object {
  return {
    address: formatIpv4(address),
    server: server === undefined ? null : formatIpv4(server),
    dns: dns.map(formatIpv4),
    encryption,
    mtu,
    ms: Math.round(elapsed),
  };
}

function traffic(counters: TunnelCounters | undefined): string {
  if (counters === undefined) return "nothing passed";
  const { rxPackets, rxBytes, txPackets, txBytes, dropped } = counters;
  return `received ${rxPackets} packets (${bytes(rxBytes)}), sent ${txPackets} (${bytes(txBytes)}), dropped ${dropped}`;
}
