import { elapsed } from "../../../server/wire/elapsed.ts";
import { bare } from "../../../server/wire/printable.ts";
import { CUT } from "../../../server/wire/shown-field.ts";
import { UNDECRYPTED, type Undecrypted } from "../data/decryption.ts";
import type { DecodedCall, StageTime } from "../decode-types.ts";
import { encryptionFindings } from "../verdict/encryption.ts";
import { stepText } from "../verdict/ending.ts";
import { misdirectedFindings } from "../verdict/misdirected.ts";
import { echoFindings } from "../verdict/silence.ts";
import { directionFindings } from "../verdict/uncaptured.ts";
import { verdictOf } from "../verdict/verdict.ts";
import type { Call } from "./call.ts";
import { orderFindings } from "./order-findings.ts";
import { twinFindings } from "./twin-findings.ts";

/** What is told of a call when it is over. */
export function report(call: Call, now: number, captureEnded: boolean): DecodedCall {
  const { number, client, server, begunAt, lastAt, facts, link, ids, missing } = call;
  const { encryption, address } = link;
  const { methodTitle: method } = link.logIn;
  const user = link.logIn.name === undefined ? undefined : bare(link.logIn.name);
  const name = user ?? (link.logIn.cut.claim ? CUT : undefined);
  const callIds = `${ids.client ?? "not seen"} (client), ${ids.server ?? "not seen"} (server)`;
  const known: readonly (readonly [string, string | undefined])[] = [
    ["User", name === undefined ? undefined : `${name}${method === undefined ? "" : `, by ${method}`}`],
    ["Encryption", encryption],
    ["Address", address],
    ["Call IDs", ids.client === undefined && ids.server === undefined ? undefined : callIds],
    ["Packets", packets(call)],
  ];
  return {
    number,
    client,
    server,
    begunAt,
    endedAt: lastAt,
    rows: call.rows,
    stages: stages(call),
    findings: [...call.findings, ...orderFindings(call), ...twinFindings(call), ...findings(call)],
    facts: known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    verdict: verdictOf(call, now, captureEnded),
    endings: facts.endings.all.map((ending) => ({
      at: call.since(ending.at),
      from: ending.from,
      text: stepText(call, ending),
    })),
    user,
    method,
    encryption,
    address,
    callIds: { ...ids },
    sameAs: call.twin?.call.number,
    data: {
      gre: { ...facts.gre },
      missing: { ...missing },
      encrypted: facts.encrypted,
      decrypted: facts.decrypted,
      undecrypted: { ...facts.undecrypted },
      clear: facts.clear,
    },
  };
}

/** The stage that broke off says so, where a Windows side gave the number of its error. */
function stages({ stages: times, facts, link }: Call): readonly StageTime[] {
  const all = times.all();
  const numbers = (["server", "client"] as const).flatMap((from) => facts.endings.told(from) ?? []);
  const [number] = numbers.toSorted((a, b) => a.ending.at - b.ending.at);
  if (number === undefined || number.told.error === 0 || link.up) return all;
  const { protocol } = number.told;
  const broken = all.findLast(
    ({ stage, done, result }) => !done && result === "" && (protocol === "lcp" || stage === protocol),
  );
  const result = `the ${number.ending.from} ended it with Windows' error ${number.told.error}`;
  return all.map((stage) => (stage === broken ? { ...stage, result } : stage));
}

function packets({ facts, services }: Call): string | undefined {
  const { gre, encrypted, clear, decrypted } = facts;
  if (gre.client + gre.server === 0) return undefined;
  const parts = [`${gre.client} GRE packets from the client, ${gre.server} from the server`];
  if (encrypted > 0)
    parts.push(
      services.options.credentials.any
        ? `${decrypted} of ${encrypted} encrypted ones decrypted`
        : `${encrypted} encrypted`,
    );
  if (clear > 0) parts.push(`${clear} of users' data in clear`);
  return parts.join("; ");
}

function findings(call: Call): string[] {
  const { facts, missing, link, services } = call;
  const found: string[] = [];
  for (const side of ["client", "server"] as const) {
    const count = missing[side];
    if (count > 0)
      found.push(
        `${count} GRE packets of the ${side} are missing: lost on the way to where this was captured, or not captured.`,
      );
  }
  for (const side of ["client", "server"] as const) {
    const fault = facts.control.faults[side];
    if (fault !== undefined && facts.control.callReply !== undefined)
      found.push(
        `The ${side} sent ${fault.what} on the control connection, ${elapsed(call.since(fault.at))} after it began.`,
      );
  }
  found.push(...encryptionFindings(call), ...echoFindings(call));
  if (call.guessed) found.push("Which side is the server does not show in these packets; it is a guess.");
  if (facts.tcp.connection === "mid-stream" && facts.gre.client + facts.gre.server > 0 && !call.named)
    found.push(
      "That the GRE packets are of this control connection is taken from their addresses: no message of it has a call ID.",
    );
  if (facts.malformedGre > 0 && facts.gre.client + facts.gre.server > 0)
    found.push(`${facts.malformedGre} GRE packets are not as RFC 2637 demands.`);
  found.push(...directionFindings(call), ...misdirectedFindings(call));
  if (facts.cut > 0)
    found.push(
      `The capture kept only the beginning of ${facts.cut} packets of this call, and what is missing is marked ${CUT}. tcpdump -s 0 keeps all of each packet.`,
    );
  const { password, user, proven } = link.logIn;
  if (password === "not-checked")
    found.push("The password given could not be checked: the capture cut the log-in.");
  if (password === "wrong")
    found.push(
      `The ${link.logIn.given} given for "${user}" is wrong: the client did not use it. Nothing could be decrypted with it.`,
    );
  if (password === "not-checkable")
    found.push(
      `The ${link.logIn.given} given for "${user}" could not be checked: the client logged in by ${link.logIn.methodTitle}.`,
    );
  if (password === "not-given-for-user" && services.options.credentials.any)
    found.push(`The client logged in as "${user}", for whom no password was given.`);
  if (proven === false)
    found.push(
      "The server did not prove that it knows the password: its S= is wrong. It may be an impostor.",
    );
  for (const [why, count] of Object.entries(facts.undecrypted)) {
    const frame = facts.firstUndecrypted[why];
    const [noun, which] = count === 1 ? ["packet", "it is"] : ["packets", "the first is"];
    found.push(
      `${count} encrypted ${noun} stayed encrypted: ${UNDECRYPTED[why as Undecrypted]}; ${which} frame ${frame}.`,
    );
  }
  return found;
}
