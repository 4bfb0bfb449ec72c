import { createLink, link } from "../../../../pacctl/client/link/link.ts";
import type {
  LinkEffect,
  LinkEvent,
  LinkSettings,
  LinkTimer,
} from "../../../../pacctl/client/link/link-types.ts";
import { prove } from "../../../../pacctl/client/link/proof.ts";
import { describeFrame } from "../../../../server/ppp/describe/describe-frame.ts";
import { octets } from "../../../../server/wire/units.ts";
import { ascii } from "../../../support/bytes.ts";
import { packet } from "../../ppp/link/dial.ts";

const SETTINGS: LinkSettings = {
  mru: octets(1400),
  authentication: ["ms-chap-v2"],
  strengths: [128],
  user: "alice",
  password: "s3cret",
};

const SEEDS = { magic: 0x11223344, peerChallenge: new Uint8Array(16).fill(0x5a) };

const CHALLENGE = Uint8Array.of(16, ...new Uint8Array(16).fill(9), ...ascii("vpn"));

/** Our link and what came of it. */
export class Client {
  #state;
  readonly effects: LinkEffect[] = [];
  readonly armed = new Set<LinkTimer>();

  constructor(settings: Partial<LinkSettings> = {}) {
    this.#state = createLink({ ...SETTINGS, ...settings }, SEEDS);
    this.feed({ type: "start" });
  }

  get at(): string {
    return this.#state.phase.at;
  }

  feed(event: LinkEvent): readonly LinkEffect[] {
    const [next, ...effects] = link(this.#state, event);
    this.#state = next;
    this.effects.push(...effects);
    if (event.type === "timer") this.armed.delete(event.timer);
    for (const effect of effects) {
      if (effect.do === "arm") this.armed.add(effect.timer);
      if (effect.do === "disarm") this.armed.delete(effect.timer);
    }
    return effects;
  }

  frame(frame: Uint8Array): readonly LinkEffect[] {
    return this.feed({ type: "frame", frame });
  }

  timer(timer: LinkTimer): readonly LinkEffect[] {
    return this.feed({ type: "timer", timer });
  }

  /** How it ended. */
  get end() {
    return this.effects.flatMap((effect) => (effect.do === "ended" ? [effect.cause] : []))[0];
  }

  /** Why it is about to end, or has. */
  get failed(): string | undefined {
    const cause = this.effects.flatMap((effect) => (effect.do === "failed" ? [effect.cause] : []))[0];
    return (cause ?? this.end)?.code;
  }

  get sent(): string[] {
    return this.effects.flatMap((effect) => (effect.do === "send" ? [describeFrame(effect.frame).text] : []));
  }

  /** The server acknowledges the Configure-Request that went out last. */
  acknowledgeLast(): void {
    const frames = this.effects.flatMap((effect) => (effect.do === "send" ? [effect.frame] : []));
    const ack = frames.findLast((frame) => frame[4] === 1)!.slice();
    ack[4] = 2;
    this.frame(ack);
  }

  /** LCP opens, and one Challenge with identifier 1 is answered. */
  challenge(): this {
    this.acknowledgeLast();
    this.frame(packet("lcp", 1, 1, [[3, "c22381"]]));
    this.frame(packet("chap", 1, 1, CHALLENGE));
    return this;
  }

  /** The server lets us in, and proves itself. */
  admit(): this {
    this.challenge();
    const login = { name: ascii("alice"), password: "s3cret", peerChallenge: SEEDS.peerChallenge };
    const { expected } = prove("ms-chap-v2", login, { code: 1, identifier: 1, data: CHALLENGE })!;
    this.frame(packet("chap", 3, 1, ascii(`${expected} M=Welcome`)));
    return this;
  }

  /** CCP opens with 128 bits, stateless. */
  encrypt(): this {
    this.admit();
    this.acknowledgeLast();
    this.frame(packet("ccp", 1, 1, [[18, "01000040"]]));
    return this;
  }

  /** IPCP opens with 10.77.0.10. */
  up(): this {
    this.encrypt();
    this.frame(packet("ipcp", 1, 1, [[3, "0a4d0001"]]));
    const request = this.effects.flatMap((effect) => (effect.do === "send" ? [effect.frame] : [])).at(-2)!;
    const names = [
      [129, "00000000"],
      [131, "00000000"],
    ] as const;
    this.frame(packet("ipcp", 4, request[5]!, names));
    const again = this.effects.flatMap((effect) => (effect.do === "send" ? [effect.frame] : [])).at(-1)!;
    this.frame(packet("ipcp", 3, again[5]!, [[3, "0a4d000a"]]));
    this.acknowledgeLast();
    return this;
  }
}
