import type { Schemas } from "../typed-api.ts";
import { graph } from "./graph.ts";
import { bitRate, bytes, duration, instant, since } from "./quantities.ts";
import { facts } from "./table.ts";

type SessionDetailsJson = Schemas["SessionDetails"];

type Live = Schemas["SessionLive"];
type Pair = readonly [string, string];

/** Characters that a value has room for in 80 columns, beside the longest name. */
const ROOM = 65;

/** All that is known of a session, for a terminal of 80 columns. */
export function sessionText(session: SessionDetailsJson, now: Date): string {
  return facts([
    ...who(session),
    ...when(session, now),
    ["Encryption", encryption(session.encryption)],
    ["MTU", String(session.mtu)],
    ...(session.live === null ? [] : [...negotiated(session.live), ...policy(session.live)]),
    ...traffic(session),
    ...link(session, now),
    ...(session.live === null ? [] : dropped(session.live)),
    ["Attempt", session.attemptId],
    ["ID", session.id],
  ]);
}

/** Weak ones in capitals; what this version does not know stays as it came. */
function encryption(text: string): string {
  if (text === "none") return "NONE: everything passes in clear";
  const [, bits, mode] = /^mppe-(128|56|40)-(stateless|stateful)$/.exec(text) ?? [];
  if (bits === undefined) return text;
  const words = `MPPE with ${bits} bits, ${mode}`;
  return bits === "128" && mode === "stateless" ? words : `${words} (WEAK)`;
}

function who({
  user,
  userId,
  state,
  clientAddress,
  assignedAddress,
  client,
  live,
}: SessionDetailsJson): Pair[] {
  const pairs: Pair[] = [
    ["User", live?.policy.group == null ? user : `${user}, of the group ${live.policy.group}`],
    ["User ID", userId],
    ["State", state],
    ["Client", clientAddress],
  ];
  if (client !== null) {
    const { computerName, kind, vendorName, hostName, identifications } = client;
    const said = [
      ...(vendorName === null ? [] : [`vendor "${vendorName}"`]),
      ...(hostName === null ? [] : [`host "${hostName}"`]),
      ...identifications.filter((text) => !text.endsWith(`-${computerName}`)).map((text) => `"${text}"`),
    ];
    if (computerName !== null) pairs.push(["Computer", computerName]);
    pairs.push(...several("Says it is", [kind ?? "nothing that is known", ...said]));
  }
  pairs.push(["Address", assignedAddress]);
  if (live !== null) {
    pairs.push(["Told", `server ${live.serverAddress}, DNS ${list(live.dns)}, WINS ${list(live.wins)}`]);
    pairs.push(["Log-in", live.logInMethod ?? "-"]);
  }
  return pairs;
}

function when(session: SessionDetailsJson, now: Date): Pair[] {
  const { state, connectedAt, disconnectedAt, endReason, lastActivity, durationSeconds } = session;
  const used = lastActivity === null ? "-" : since(lastActivity, now);
  const pairs: Pair[] = [["Connected", instant(connectedAt)]];
  if (state === "live") return [...pairs, ["Up for", duration(durationSeconds)], ["Idle for", used]];
  return [
    ...pairs,
    ["Disconnected", disconnectedAt === null ? "-" : instant(disconnectedAt)],
    ["Lasted", duration(durationSeconds)],
    ["Last used", lastActivity === null ? "-" : instant(lastActivity)],
    ["Reason", endReason ?? "-"],
  ];
}

const ROWS: readonly (readonly [keyof Schemas["AgreedOptions"], string])[] = [
  ["lcp", "LCP"],
  ["ccp", "CCP"],
  ["ipcp", "IPCP"],
];

function negotiated({ agreed }: Live): Pair[] {
  if (agreed === null) return [["LCP", "is being negotiated anew"]];
  return ROWS.flatMap(([key, name]): Pair[] => {
    const protocol = agreed[key];
    if (protocol === null) return [[name, "none: the session is in clear"]];
    const words = (options: typeof protocol.byClient) =>
      options.map(({ name: option, value }) => (value === "" ? option : `${option} ${value}`));
    return [
      ...several(name, ["client asked:", ...spaced(words(protocol.byClient))], " "),
      ...several("", ["pacd asked:", ...spaced(words(protocol.byServer))], " "),
    ];
  });
}

/** A comma behind each but the last. */
const spaced = (words: readonly string[]) =>
  words.map((word, i) => (i === words.length - 1 ? word : `${word},`));

function policy({ policy: p, timeLeft }: Live): Pair[] {
  const from = (field: keyof typeof p.from) => (p.from[field] === "default" ? "" : ` (${p.from[field]})`);
  const rate = (bits: number | null) => (bits === null ? "unlimited" : bitRate(bits));
  const places = p.allowedDestinations.length === 0 ? ["anywhere"] : p.allowedDestinations;
  const ends: Pair[] = [];
  if (timeLeft.session !== null)
    ends.push([
      "Ends",
      `in ${duration(timeLeft.session)}, after ${duration(p.sessionTimeout ?? 0)}${from("sessionTimeout")}`,
    ]);
  if (timeLeft.validity !== null)
    ends.push(["Valid", `${duration(timeLeft.validity)} more${from("validUntil")}`]);
  if (timeLeft.hours !== null)
    ends.push([
      "Hours",
      `${duration(timeLeft.hours)} more, of ${p.allowedHours.join("; ")}${from("allowedHours")}`,
    ]);
  if (timeLeft.idle !== null)
    ends.push([
      "If idle",
      `ends in ${duration(timeLeft.idle)}, after ${duration(p.idleTimeout ?? 0)}${from("idleTimeout")}`,
    ]);
  return [
    ["Rates", `up ${rate(p.rateUp)}${from("rateUp")}, down ${rate(p.rateDown)}${from("rateDown")}`],
    ...several(
      "May reach",
      spaced(
        places.map((place, i) =>
          i === places.length - 1 ? `${place}${from("allowedDestinations")}` : place,
        ),
      ),
      " ",
    ),
    ...(ends.length === 0 ? [["Ends", "when somebody ends it"] as const] : ends),
  ];
}

function traffic({ rxBytes, rxPackets, txBytes, txPackets, live }: SessionDetailsJson): Pair[] {
  const one = (name: string, octets: number, packets: number, key: "rx" | "tx"): Pair[] => {
    const total = `${bytes(octets)} in ${packets} packets`;
    if (live === null) return [[name, total]];
    const { rate, history } = live;
    const bits = (sample: Schemas["SessionRate"]) => sample[`${key}BitsPerSecond`];
    const now = `${bitRate(rounded(bits(rate)))}, ${Math.round(rate[`${key}PacketsPerSecond`])} packets/s`;
    const most = Math.max(0, ...history.map(bits));
    const minutes = duration(Math.round(history.reduce((sum, { seconds }) => sum + seconds, 0)));
    return [
      [name, `${total}; now ${now}`],
      ...(most === 0
        ? []
        : [
            ["", graph(history.map(bits))] as const,
            ["", `the last ${minutes}, ${bitRate(rounded(most))} at most`] as const,
          ]),
    ];
  };
  return [...one("Received", rxBytes, rxPackets, "rx"), ...one("Sent", txBytes, txPackets, "tx")];
}

/** To three digits, so that it is short. */
const rounded = (bits: number): number => (bits < 1000 ? bits : Number(bits.toPrecision(3)));

function link({ link: figures }: SessionDetailsJson, now: Date): Pair[] {
  if (figures === null) return [];
  return [
    ["Round trip", roundTrip(figures, now)],
    ["Lost up", lostUp(figures)],
    ["Lost down", lostDown(figures)],
  ];
}

function roundTrip(
  { roundTripMs, leastRoundTripMs, roundTrips, roundTripAt }: Schemas["SessionLink"],
  now: Date,
): string {
  if (roundTripMs === null || leastRoundTripMs === null || roundTripAt === null) return "not measured yet";
  return `${ms(roundTripMs)}, ${ms(leastRoundTripMs)} at least; ${roundTrips} taken, the last ${since(roundTripAt, now)} ago`;
}

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

function lostUp({ arrived, lost, lostShare, reordered, late, duplicates }: Schemas["SessionLink"]): string {
  if (lostShare === null) return "nothing came";
  const more = [
    [reordered, "out of order"],
    [late, "too late"],
    [duplicates, "twice"],
  ] as const;
  const rest = more.flatMap(([count, words]) => (count === 0 ? [] : [`${count} ${words}`]));
  return [`${lost} of ${arrived - duplicates + lost} packets (${percent(lostShare)})`, ...rest].join(", ");
}

function lostDown({ tested, unacknowledged, unacknowledgedShare }: Schemas["SessionLink"]): string {
  if (unacknowledgedShare === null) return "not known: no packet could be tested";
  return `${unacknowledged} of ${tested} tested packets not acknowledged (${percent(unacknowledgedShare)})`;
}

const percent = (share: number) => `${(share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`;

const dropped = ({ drops }: Live): Pair[] =>
  drops.length === 0
    ? [["Dropped", "nothing"]]
    : drops.map(({ packets, meaning, reason }, i) => [
        i === 0 ? "Dropped" : "",
        `${packets} ${meaning} (${reason})`,
      ]);

const list = (items: readonly string[]) => (items.length === 0 ? "none" : items.join(" "));

/** Words in lines that fit, the name before the first. */
function several(name: string, words: readonly string[], between = ", "): Pair[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last}${between}${word}`;
    if (last === undefined || longer.length > ROOM) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line, i) => [i === 0 ? name : "", line]);
}
