/** RFC 1661 §4.2, in the order of the table's columns. */
export const STATES = [
  "Initial",
  "Starting",
  "Closed",
  "Stopped",
  "Closing",
  "Stopping",
  "Req-Sent",
  "Ack-Rcvd",
  "Ack-Sent",
  "Opened",
] as const;
export type State = (typeof STATES)[number];

/** RFC 1661 §4.3, in the order of the table's rows. */
export const EVENTS = [
  "Up",
  "Down",
  "Open",
  "Close",
  "TO+",
  "TO-",
  "RCR+",
  "RCR-",
  "RCA",
  "RCN",
  "RTR",
  "RTA",
  "RUC",
  "RXJ+",
  "RXJ-",
  "RXR",
] as const;
export type Event = (typeof EVENTS)[number];

/** RFC 1661 §4.4. */
export const ACTIONS = [
  "tlu",
  "tld",
  "tls",
  "tlf",
  "irc",
  "zrc",
  "scr",
  "sca",
  "scn",
  "str",
  "sta",
  "scj",
  "ser",
] as const;
export type Action = (typeof ACTIONS)[number];

export interface Transition {
  readonly actions: readonly Action[];
  readonly next: State;
}

/**
 * RFC 1661 §4.1, cell for cell; "-" is illegal. The letters are the RFC's footnotes: p (passive option), r
 * (restart option) and x (crossed connection) are options that pacd does not take, so they change nothing.
 */
// biome-ignore format: the RFC's columns
export const TABLE: Readonly<Record<Event, string>> = {
  //       0     1         2         3             4     5     6           7         8         9
  "Up":    "2     irc,scr/6 -         -             -     -     -           -         -         -",
  "Down":  "-     -         0         tls/1         0     1     1           1         1         tld/1",
  "Open":  "tls/1 1         irc,scr/6 3r            5r    5r    6           7         8         9r",
  "Close": "0     tlf/0     2         2             4     4     irc,str/4   irc,str/4 irc,str/4 tld,irc,str/4",
  "TO+":   "-     -         -         -             str/4 str/5 scr/6       scr/6     scr/8     -",
  "TO-":   "-     -         -         -             tlf/2 tlf/3 tlf/3p      tlf/3p    tlf/3p    -",
  "RCR+":  "-     -         sta/2     irc,scr,sca/8 4     5     sca/8       sca,tlu/9 sca/8     tld,scr,sca/8",
  "RCR-":  "-     -         sta/2     irc,scr,scn/6 4     5     scn/6       scn/7     scn/6     tld,scr,scn/6",
  "RCA":   "-     -         sta/2     sta/3         4     5     irc/7       scr/6x    irc,tlu/9 tld,scr/6x",
  "RCN":   "-     -         sta/2     sta/3         4     5     irc,scr/6   scr/6x    irc,scr/8 tld,scr/6x",
  "RTR":   "-     -         sta/2     sta/3         sta/4 sta/5 sta/6       sta/6     sta/6     tld,zrc,sta/5",
  "RTA":   "-     -         2         3             tlf/2 tlf/3 6           6         8         tld,scr/6",
  "RUC":   "-     -         scj/2     scj/3         scj/4 scj/5 scj/6       scj/7     scj/8     scj/9",
  "RXJ+":  "-     -         2         3             4     5     6           6         8         9",
  "RXJ-":  "-     -         tlf/2     tlf/3         tlf/2 tlf/3 tlf/3       tlf/3     tlf/3     tld,irc,str/5",
  "RXR":   "-     -         2         3             4     5     6           7         8         ser/9",
};

/** One row of the table compiled; a cell that does not parse is our bug and throws at import. */
function row(event: Event): readonly (Transition | undefined)[] {
  const cells = TABLE[event].split(/ +/);
  if (cells.length !== STATES.length) throw new Error(`${event}: ${cells.length} cells`);
  return cells.map((cell) => {
    if (cell === "-") return undefined;
    const match = /^(?:([a-z,]+)\/)?(\d)[prx]?$/.exec(cell);
    if (match === null) throw new Error(`${event}: ${cell}`);
    const actions = (match[1]?.split(",") ?? []).map((name) => {
      const action = ACTIONS.find((known) => known === name);
      if (action === undefined) throw new Error(`${event}: ${name}`);
      return action;
    });
    return { actions, next: STATES[Number(match[2])]! };
  });
}

const COMPILED = new Map(EVENTS.map((event) => [event, row(event)]));

/** What the automaton does; undefined is an illegal event, which moves nothing (RFC 1661 §4.4). */
export function transition(state: State, event: Event): Transition | undefined {
  return COMPILED.get(event)![STATES.indexOf(state)];
}

/** Does the Restart timer run in this state? Exactly where TO events are legal (RFC 1661 §4.1). */
export function timerRuns(state: State): boolean {
  return transition(state, "TO+") !== undefined;
}
