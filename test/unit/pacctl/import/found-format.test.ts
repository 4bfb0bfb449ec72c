import assert from "node:assert/strict";
import { test } from "node:test";
import { foundFormat } from "../../../../pacctl/import/formats/found-format.ts";

for (const [text, format, since] of [
  ["name,password\n", "csv", "its first line names columns"],
  ["Login;Passwort;Name\n", "csv", "its first line names columns"],
  ["name\nanna\n", "csv", "its first line names columns"],
  ["/ppp secret\nadd name=a\n", "routeros", "it has the section /ppp secret"],
  ["/ppp/secret/add name=a\n", "routeros", "it has the section /ppp secret"],
  ["add name=a password=b\n", "routeros", "its lines begin with add and have name="],
  ["anna * x *\n", "chap-secrets", "1 line reads like it"],
  ["anna pptpd x 10.0.0.1\nbert pptpd y 10.0.0.0/24\n", "chap-secrets", "2 lines read like it"],
  ["anna * x 10.0.0.1 1024/512\nbert * y *\n", "accel-ppp", "1 of its lines have a rate behind the address"],
  ["anna x\nbert y 10.0.0.1\n", "mpd", "2 lines read like it"],
  ["anna !/bin/true\n", "mpd", "1 line reads like it"],
  [
    "# a comment\nanna pptpd x\n",
    "chap-secrets",
    "its lines have three words, and the second is no password of mpd",
  ],
] as const)
  test(`${JSON.stringify(text)} is ${format}`, () => {
    assert.deepEqual(foundFormat(text), { format, since });
  });

test("one slip among many lines decides nothing", () => {
  const many = Array.from({ length: 20 }, (_, i) => `user${i} * x *\n`).join("");
  assert.equal(foundFormat(`${many}slip\tonly\n`).format, "chap-secrets");
});

test("lines that speak for two formats are left to whoever knows", () => {
  assert.throws(() => foundFormat("anna * x *\nbert y\n"), {
    code: "import-unreadable",
    message: "1 line reads like chap-secrets and 1 line reads like mpd.secret: say which with --format.",
  });
});

test("an empty file, prose without a format, and a document for apply are told apart", () => {
  assert.throws(() => foundFormat(""), /No line of it looks like one of a format that is known/);
  assert.throws(() => foundFormat("users:\n  - name: anna\n"), /pacctl apply -f FILE takes it/);
  assert.throws(() => foundFormat('{"users": []}'), /pacctl apply -f FILE takes it/);
});
