import type { TestContext } from "node:test";
import { Conditions } from "../../server/conditions/conditions.ts";
import { EventBus } from "../../server/events/event-bus.ts";
import type { PostAnswer } from "../../server/platform/http-post.ts";
import type { Store } from "../../server/store/store-types.ts";
import type { NewWebhook, Webhook } from "../../server/store/webhooks/webhook-types.ts";
import { Deliverer, type DelivererParts } from "../../server/webhooks/deliverer.ts";
import { temporaryStore } from "./temporary-store.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** In ms. */
const STEP = 1_800_000;

export const SECRET = "pacdhook_of-a-test-and-of-nothing-else";

export const HOOK = {
  description: "",
  url: "https://hooks.example.com/pacd?key=hidden",
  allowPlain: false,
  filter: {},
  enabled: true,
  secret: SECRET,
  cursor: 0,
  createdBy: "token admin",
} as const satisfies NewWebhook;

/** One request that was sent. */
export interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
}

type Answer = number | Error | "never" | PostAnswer;

/** A receiver that answers what the test says: with each request the next, the last one for ever. */
export class Receiver {
  readonly sent: Sent[] = [];
  answers: Answer[] = [204];
  closed = false;
  /** Requests that are not answered yet. */
  open = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  readonly post: DelivererParts["poster"]["post"] = async (url, headers, body, signal) => {
    this.sent.push({ url, headers, body, at: this.#now() });
    const answer = this.answers.length > 1 ? this.answers.shift()! : this.answers[0]!;
    if (answer instanceof Error) throw answer;
    if (typeof answer === "number") return { status: answer, location: undefined };
    if (answer !== "never") return answer;
    this.open += 1;
    try {
      return await new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    } finally {
      this.open -= 1;
    }
  };

  close(): void {
    this.closed = true;
  }

  /** Numbers of the events that were sent, in order. */
  ids(): readonly (number | null)[] {
    return this.sent.map(({ body }) => (JSON.parse(body) as { id: number | null }).id);
  }
}

/** pacd, as far as web hooks know of it. */
export interface WebhookBench {
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly directory: string;
  readonly bus: EventBus;
  readonly receiver: Receiver;
  readonly conditions: Conditions;
  readonly deliverer: Deliverer;
  readonly errors: string[];
  /** IDs of those that pacd has disabled. */
  readonly disabled: string[];
  add(change?: Partial<NewWebhook>): Promise<Webhook>;
  /** So many events happen. */
  happen(count?: number): void;
  /** Lets so much time pass, and then everything settle that waits for none. */
  pass(ms: number): Promise<void>;
  /** The deliverer and the store end. */
  stop(): Promise<void>;
}

/** A deliverer on a real store and a virtual clock. `clock` and `directory`: those of a bench before. */
export async function webhookBench(
  t: TestContext,
  before: Partial<Pick<WebhookBench, "clock" | "directory" | "receiver">> = {},
): Promise<WebhookBench> {
  const clock = before.clock ?? new VirtualClock(Date.UTC(2026, 2, 1, 10));
  const errors: string[] = [];
  const log = {
    debug() {},
    info() {},
    warn() {},
    error: (fields: object, text: string) => void errors.push(`${text} ${JSON.stringify(fields)}`),
  };
  const conditions = new Conditions(clock, log);
  const directory = before.directory === undefined ? {} : { directory: before.directory };
  const opened = await temporaryStore(t, { clock, log, conditions, ...directory });
  const { store } = opened;
  const bus = new EventBus(clock, store.events.lastId);
  bus.watch((event) => store.events.add(event));
  const receiver = before.receiver ?? new Receiver(() => clock.now());
  const disabled: string[] = [];
  const deliverer = new Deliverer({
    clock,
    log,
    bus,
    events: store.events,
    webhooks: store.webhooks,
    poster: receiver,
    conditions,
    random: { u32: () => 2 ** 31, uuid: () => "0d4f2c1b-7d1b-4c3e-9a68-0b1f2d3c4e5a" },
    version: "1.2.3",
    disabled: ({ id }) => void disabled.push(id),
  });
  t.after(() => deliverer.stop());
  return {
    ...opened,
    clock,
    bus,
    receiver,
    conditions,
    deliverer,
    errors,
    disabled,
    add: (change = {}) => store.webhooks.create({ ...HOOK, cursor: bus.lastId, ...change }),
    happen(count = 1) {
      for (let i = 0; i < count; i += 1)
        bus.publish({
          type: "pool-nearly-empty",
          data: { pool: "tunnel.pool", free: i, total: 9, threshold: 9 },
        });
    },
    async pass(ms) {
      // A page of events takes more turns than the clock gives to one moment.
      for (let left = ms; left >= 0; left -= STEP) {
        await clock.advance(Math.min(left, STEP));
        for (let turn = 0; turn < 20; turn += 1) await clock.advance(0);
      }
    },
    async stop() {
      await deliverer.stop();
      await store.close();
    },
  };
}
