import { ladderHtml } from "../../../ladder/html/ladder-html.ts";
import type { Ladder } from "../../../ladder/ladder-types.ts";
import { inner } from "../../simulation/dials.ts";
import { DialCapture } from "../decode/dial-capture.ts";
import { manyDials } from "../decode/many-dials.ts";
import { pacctl } from "../pacctl.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);

const up = () => new DialCapture().up().data("client", packet).data("server", packet);
const refused = () =>
  new DialCapture()
    .start()
    .call()
    .lcp()
    .logIn()
    .refuse("E=691 R=0 C=00112233445566778899AABBCCDDEEFF V=3 M=No");

function blocked(): DialCapture {
  const capture = new DialCapture().start("MikroTik").call();
  for (let i = 0; i < 10; i += 1) capture.wait(3000).control("client", "lcp", 1, 1, "01040578 0506 22222222");
  return capture.wait(200).fin("client").fin("server");
}

/** So many messages that some are left out. */
function long(): DialCapture {
  const capture = up();
  for (let i = 0; i < 300; i += 1) {
    const [from, to] = i % 2 === 0 ? (["client", "server"] as const) : (["server", "client"] as const);
    capture
      .wait(30_000)
      .control(from, "lcp", 9, i & 255, "22222222")
      .control(to, "lcp", 10, i & 255, "11111111");
  }
  return capture;
}

/** What `pacctl decode` makes of a file. */
async function page(file: Uint8Array, ...words: readonly string[]): Promise<string> {
  const { out, err } = await pacctl(["decode", "dial.pcap", "--html", ...words], {
    fetch: () => Promise.reject(new Error("a capture needs no API")),
    openCapture: async () => ({
      chunks: (async function* () {
        yield file;
      })(),
      size: file.length,
    }),
  });
  if (!out.endsWith("</html>\n")) throw new Error(`no page: ${err}`);
  return out;
}

/** All that may be long, at its longest. */
const LONGEST: Ladder = {
  title: "Call 12345",
  client: "2001:db8:1234:5678:9abc:def0:1234:5678",
  server: "2001:db8:ffff:eeee:dddd:cccc:bbbb:aaaa",
  facts: [
    ["Began", "2023-11-14 22:13:20Z"],
    ["User", "a".repeat(64)],
    ["Encryption", "MPPE 128 bits stateless"],
  ],
  up: false,
  rows: [
    { at: 0, from: "client", layer: "tcp", text: "SYN" },
    { at: 0.123, from: "server", layer: "tcp", text: "SYN, ACK" },
    {
      at: 5,
      from: "client",
      layer: "pptp",
      text: `Start-Control-Connection-Request vendor="${"W".repeat(64)}"`,
    },
    {
      at: 86_399_999,
      from: "server",
      layer: "chap",
      text: `Failure id=7 message="${"E=691 R=0 C=00112233445566778899AABBCCDDEEFF V=3 M=".repeat(6)}"`,
      mark: "sent again",
      fields: [
        { name: "message", value: "0123456789abcdef".repeat(40) },
        { name: "mppe", value: 1, text: "H-stateless", fields: [{ name: "S-128", value: "1".repeat(200) }] },
      ],
    },
    {
      at: 86_400_000,
      from: "note",
      layer: "pacd",
      text: "412 rows are left out here; --fields without --html shows all",
    },
    {
      at: 86_400_001,
      from: "client",
      layer: "ipcp",
      text: `Configure-Request ${"address=2001:db8::1 ".repeat(20)}`,
      mark: "sent again",
    },
    { at: 86_400_002, from: "server", layer: "mppe", text: "x".repeat(300) },
  ],
  findings: [`The password given for "${"a".repeat(64)}" is wrong: the client did not use it.`],
  stages: [
    { stage: "tcp", done: true, took: 0.8, result: "port 1723" },
    { stage: "control", done: true, took: 12_345, result: "call IDs 65535 (client), 65534 (server)" },
    { stage: "auth", done: false, took: 86_400_000, result: `"${"a".repeat(64)}" refused with error 691` },
  ],
  verdict: {
    code: "auth-protocol-refused",
    cause: "The client refuses every method of authentication that the server offers.",
    evidence: `The client 2001:db8:1234:5678:9abc:def0:1234:5678 sent "${"a".repeat(64)}".`,
    windowsErrors: [619, 691, 806, 807],
    remedy: "Capture them as well: tcpdump -s 0 -w FILE 'tcp port 1723 or ip proto 47'.",
  },
};

/** Pages as people get them, by name. */
export const SAMPLES: readonly (readonly [name: string, html: () => Promise<string>])[] = [
  ["connected", () => page(up().file())],
  ["fields", () => page(refused().file(), "--fields")],
  ["blocked", () => page(blocked().file())],
  ["long", () => page(long().file())],
  ["longest", async () => ladderHtml(LONGEST)],
  ["several", () => page(Buffer.concat([...manyDials([up(), refused(), blocked()], 7)]))],
];
