import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeMessage } from "../../../../server/pptp/messages/codec.ts";
import { decodeCutMessage } from "../../../../server/pptp/messages/cut-message.ts";
import { messageFields } from "../../../../server/pptp/messages/message-fields.ts";
import { strictPrefixes } from "../../../support/bytes.ts";
import { CONTROL_FIXTURES } from "../../../support/pptp/control-fixtures.ts";

for (const { message, bytes } of CONTROL_FIXTURES) {
  test(`${message.type}: every prefix has the fields that are whole in it, and no others`, () => {
    const decoded = decodeMessage(bytes);
    const whole = (decoded.ok ? decoded.value : {}) as Record<string, unknown>;
    for (const prefix of strictPrefixes(bytes)) {
      const cut = decodeCutMessage(prefix) as unknown as Record<string, unknown> | undefined;
      assert.equal(cut === undefined, prefix.length < 10);
      for (const [name, value] of Object.entries(cut ?? {})) assert.deepEqual(value, whole[name], name);
    }
    assert.deepEqual(Object.keys(decodeCutMessage(bytes)!), Object.keys(message));
  });

  test(`${message.type}: every prefix shows all fields by name, and [cut] for what is not whole`, () => {
    const whole = messageFields(bytes);
    for (const prefix of strictPrefixes(bytes)) {
      const shown = messageFields(prefix, true);
      const names = whole.map(({ name }) => name).slice(0, prefix.length < 12 ? 5 : whole.length);
      assert.deepEqual(
        shown.map(({ name }) => name),
        names,
      );
      for (const [i, { value }] of shown.entries()) assert.ok(value === "[cut]" || value === whole[i]!.value);
      assert.equal(shown.at(-1)!.value, "[cut]");
    }
  });
}

test("what begins no message is none", () => {
  assert.equal(decodeCutMessage(Buffer.from("GET / HTTP/1.1")), undefined);
});
