import assert from "node:assert/strict";
import { closeSync, fstatSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  encodeEntry,
  JournalDestination,
  journalFields,
  leadsToJournal,
} from "../../../server/platform/journal.ts";
import { complaint } from "../../../server/platform/log.ts";
import { DatagramReceiver } from "../../support/datagram-receiver.ts";
import { needs } from "../../support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(folder, { recursive: true }));
const skip = needs({ addon: true, programs: ["perl"] });

const fields = (line: object) => Object.fromEntries(journalFields(line as Record<string, unknown>));

test("an entry has a sentence for people, a priority, and a field for each value", () => {
  assert.deepEqual(
    fields({
      level: 30,
      time: "2030",
      user: "anna",
      verdict: "bad-credentials",
      rxBytes: 7,
      msg: "Call ended",
    }),
    {
      MESSAGE: "Call ended [user=anna verdict=bad-credentials rxBytes=7]",
      PRIORITY: "6",
      SYSLOG_IDENTIFIER: "pacd",
      PACD_USER: "anna",
      PACD_VERDICT: "bad-credentials",
      PACD_RX_BYTES: "7",
    },
  );
});

test("levels are those of syslog", () => {
  const priorities = [10, 20, 30, 40, 50, 60].map((level) => fields({ level, msg: "" })["PRIORITY"]);
  assert.deepEqual(priorities, ["7", "7", "6", "4", "3", "2"]);
});

test("an error says why in the sentence, and has its stack in a field", () => {
  const entry = fields({ level: 50, msg: "It failed", err: { type: "Error", message: "no", stack: "a\nb" } });
  assert.equal(entry["MESSAGE"], "It failed: no");
  assert.equal(entry["PACD_ERROR_STACK"], "a\nb");
});

test("a name of a stranger's cannot write a second line, nor paint on a terminal", () => {
  const user = "an na]\n<0>Forged\u001b[2J";
  const { MESSAGE, PACD_USER } = fields({ level: 30, msg: "Call ended", user });
  assert.equal(MESSAGE, String.raw`Call ended [user="an na]\n<0>Forged\u001b[2J"]`);
  assert.equal(PACD_USER, user);
  const octets = Buffer.from(encodeEntry(new Map([["PACD_USER", user]])));
  assert.equal(octets.toString("latin1", 0, 10), "PACD_USER\n");
  assert.equal(octets.readBigUInt64LE(10), BigInt(user.length));
  assert.equal(octets.toString("utf8", 18), `${user}\n`);
});

test("a value that is large is shown in part, and kept", () => {
  const { MESSAGE, PACD_NAME } = fields({ level: 30, msg: "x", name: "n".repeat(1000) });
  assert.equal(MESSAGE!.length, 'x [name=""]'.length + 200 + 1 - 2);
  assert.equal(PACD_NAME!.length, 1000);
});

test("an entry that the journal does not take is lost, and the next one says so", { skip }, async () => {
  const path = join(folder, "journal");
  const journal = new JournalDestination(path);
  journal.write(JSON.stringify({ level: 30, msg: "nobody hears this" }));
  const receiver = await DatagramReceiver.open(path);
  try {
    journal.write(JSON.stringify({ level: 30, msg: "one" }));
    assert.match(`${await receiver.next()}`, /^MESSAGE=1 entries were lost/);
    assert.match(`${await receiver.next()}`, /^MESSAGE=one\n/);
    journal.write(JSON.stringify({ level: 30, msg: "two" }));
    assert.match(`${await receiver.next()}`, /^MESSAGE=two\n/);
  } finally {
    await receiver.close();
  }
});

test("standard error is the journal where JOURNAL_STREAM names it", () => {
  const descriptor = openSync("/dev/null", "w");
  const { dev, ino } = fstatSync(descriptor);
  assert.ok(leadsToJournal(descriptor, `${dev}:${ino}`));
  assert.ok(!leadsToJournal(descriptor, `${dev}:${ino + 1}`));
  assert.ok(!leadsToJournal(descriptor, undefined));
  closeSync(descriptor);
  assert.ok(!leadsToJournal(descriptor, `${dev}:${ino}`));
});

test("a complaint has a priority for the journal, and none for people", () => {
  assert.equal(complaint("no", true), "<3>pacd: no\n");
  assert.equal(complaint("no", false), "pacd: no\n");
});
