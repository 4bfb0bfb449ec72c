import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import {
  ACTIONS,
  EVENTS,
  STATES,
  TABLE,
  timerRuns,
  transition,
} from "../../../../server/ppp/automaton/table.ts";

// The shared folder stands beside the repository, wherever that is; without it the second test is skipped.
const RFC = new URL("../../../../../shared/rfc/rfc1661.txt", import.meta.url);

const NUMBERED = {
  Initial: 0,
  Starting: 1,
  Closed: 2,
  Stopped: 3,
  Closing: 4,
  Stopping: 5,
  "Req-Sent": 6,
  "Ack-Rcvd": 7,
  "Ack-Sent": 8,
  Opened: 9,
} as const;

/**
 * Written by hand from RFC 1661 §4.1, column by column where the module has rows: cells of one state, in row
 * order.
 */
const BY_STATE: Record<keyof typeof NUMBERED, string> = {
  Initial: "2 - tls/1 0 - - - - - - - - - - - -",
  Starting: "irc,scr/6 - 1 tlf/0 - - - - - - - - - - - -",
  Closed: "- 0 irc,scr/6 2 - - sta/2 sta/2 sta/2 sta/2 sta/2 2 scj/2 2 tlf/2 2",
  Stopped: "- tls/1 3 2 - - irc,scr,sca/8 irc,scr,scn/6 sta/3 sta/3 sta/3 3 scj/3 3 tlf/3 3",
  Closing: "- 0 5 4 str/4 tlf/2 4 4 4 4 sta/4 tlf/2 scj/4 4 tlf/2 4",
  Stopping: "- 1 5 4 str/5 tlf/3 5 5 5 5 sta/5 tlf/3 scj/5 5 tlf/3 5",
  "Req-Sent": "- 1 6 irc,str/4 scr/6 tlf/3 sca/8 scn/6 irc/7 irc,scr/6 sta/6 6 scj/6 6 tlf/3 6",
  "Ack-Rcvd": "- 1 7 irc,str/4 scr/6 tlf/3 sca,tlu/9 scn/7 scr/6 scr/6 sta/6 6 scj/7 6 tlf/3 7",
  "Ack-Sent": "- 1 8 irc,str/4 scr/8 tlf/3 sca/8 scn/6 irc,tlu/9 irc,scr/8 sta/6 8 scj/8 8 tlf/3 8",
  Opened:
    "- tld/1 9 tld,irc,str/4 - - tld,scr,sca/8 tld,scr,scn/6 tld,scr/6 tld,scr/6 tld,zrc,sta/5 tld,scr/6 scj/9 9 tld,irc,str/5 ser/9",
};

test("every state and event does what RFC 1661 §4.1 says", () => {
  for (const state of STATES) {
    const cells = BY_STATE[state].split(" ");
    assert.equal(cells.length, EVENTS.length, state);
    EVENTS.forEach((event, i) => {
      const moved = transition(state, event);
      const text =
        moved === undefined
          ? "-"
          : [moved.actions.join(","), NUMBERED[moved.next]].filter((x) => x !== "").join("/");
      assert.equal(text, cells[i], `${event} in ${state}`);
    });
  }
});

test("the table is the RFC's own text, cell for cell", {
  skip: !existsSync(RFC) && "no copy of RFC 1661",
}, () => {
  const text = readFileSync(RFC, "utf8");
  const tables = text.slice(
    text.indexOf("The complete state transition table"),
    text.indexOf("The states in which"),
  );
  const cells = new Map<string, string[]>();
  for (const line of tables.split("\n")) {
    const row = /^ *(\S+) *\|(.+)$/.exec(line);
    const event = EVENTS.find((name) => name === row?.[1]);
    if (row === null || event === undefined) continue;
    cells.set(event, [...(cells.get(event) ?? []), ...row[2]!.trim().split(/ +/)]);
  }
  for (const event of EVENTS) assert.deepEqual(TABLE[event].trim().split(/ +/), cells.get(event), event);
});

test("all actions of RFC 1661 §4.4 occur", () => {
  const used = new Set(
    STATES.flatMap((state) => EVENTS.flatMap((event) => transition(state, event)?.actions ?? [])),
  );
  assert.deepEqual([...used].sort(), [...ACTIONS].sort());
});

test("the Restart timer runs where RFC 1661 §4.1 has timeouts", () => {
  assert.deepEqual(STATES.filter(timerRuns), ["Closing", "Stopping", "Req-Sent", "Ack-Rcvd", "Ack-Sent"]);
});
