import type { RawReplyDefaultExpression } from "fastify";
import type { PacdEvent } from "../../server/events/register.ts";
import { fits, rowOf } from "../../server/store/events/event-filter.ts";
import { eventText } from "../../server/store/events/event-text.ts";
import type { EventFilter, EventStore, KeptEvent } from "../../server/store/events/event-types.ts";
import { COME_BACK_AFTER, MAX_BEHIND, REPLAYED_AT_ONCE } from "./limits.ts";

/** What is asked of one stream. */
export interface StreamRequest {
  readonly filter: EventFilter;
  /** The number after which events were missed; undefined: none were. */
  readonly since: number | undefined;
  readonly from?: string;
}

export interface StreamParts {
  readonly response: Pick<
    RawReplyDefaultExpression,
    "write" | "end" | "destroy" | "once" | "writableLength" | "writableNeedDrain"
  >;
  readonly events: Pick<EventStore, "read" | "reaches">;
  /** The highest number that was given. */
  readonly lastId: number;
  readonly watch: (listener: (event: PacdEvent) => void) => () => void;
}

/** Why a stream ended. */
export type StreamEnd = "reader-gone" | "reader-slow" | "token-ended" | "stopping" | "failed";

/**
 * One stream of server-sent events (WHATWG HTML, "Server-sent events"): first what was missed, out of the
 * store, at the speed of its reader; then what happens, as it happens. Nothing is left out or sent twice
 * between the two. A reader that does not keep up is cut off, and finds out by its next request what it
 * missed.
 */
export class EventStream {
  readonly #parts: StreamParts;
  readonly #request: StreamRequest;
  readonly #unwatch: () => void;
  /**
   * What has happened since the store was asked for the last page of what was missed. Undefined: nothing is
   * missed any more.
   */
  #pending: PacdEvent[] | undefined = [];
  /** What happens now is read from the store later. */
  #draining = false;
  #cursor: number;
  #end: StreamEnd | undefined;

  constructor(parts: StreamParts, request: StreamRequest) {
    this.#parts = parts;
    this.#request = request;
    this.#cursor = request.since ?? parts.lastId;
    // The number without an event is where a client goes on that has heard none yet.
    parts.response.write(`retry: ${COME_BACK_AFTER}\nid: ${this.#cursor}\n\n`);
    this.#unwatch = parts.watch((event) => this.#happened(event));
  }

  /** Sends what was missed. Resolves when only what happens from now on is left to send. */
  async replay(): Promise<void> {
    const { events, lastId } = this.#parts;
    const { since, filter, from } = this.#request;
    if (since !== undefined && since > 0 && (since > lastId || !(await events.reaches(since)))) {
      this.#write(`event: gap\ndata: {"after":${since}}\n\n`);
      // It is a number of another database, or of before this one was restored.
      if (since > lastId) this.#cursor = lastId;
    }
    const more = from === undefined ? {} : { from };
    while (this.#end === undefined) {
      this.#pending = [];
      const after = this.#cursor;
      const page = await events.read({ ...filter, ...more, after, limit: REPLAYED_AT_ONCE });
      for (const event of page) this.#send(event);
      if (page.length < REPLAYED_AT_ONCE) break;
      await this.#drained();
    }
    const pending = this.#pending ?? [];
    this.#pending = undefined;
    for (const event of pending) this.#happened(event);
  }

  /** So that nobody between the two ends takes it for dead. */
  beat(): void {
    this.#write(":\n\n");
  }

  end(why: StreamEnd): void {
    if (this.#end !== undefined) return;
    this.#end = why;
    this.#unwatch();
    if (why === "reader-slow") this.#parts.response.destroy();
    else this.#parts.response.end();
  }

  get ended(): StreamEnd | undefined {
    return this.#end;
  }

  #happened(event: PacdEvent): void {
    if (this.#pending !== undefined) {
      if (!this.#draining) this.#pending.push(event);
      return;
    }
    const row = rowOf(event);
    if (fits(row, { ...this.#request.filter, after: this.#cursor, limit: 1 })) this.#send(row);
  }

  #send(event: KeptEvent): void {
    this.#cursor = event.id;
    this.#write(`id: ${event.id}\nevent: ${event.type}\ndata: ${eventText(event)}\n\n`);
  }

  #write(text: string): void {
    if (this.#end !== undefined) return;
    const { response } = this.#parts;
    if (response.writableLength > MAX_BEHIND && this.#pending === undefined) this.end("reader-slow");
    else response.write(text);
  }

  /** What was missed is read no faster than it is taken. */
  async #drained(): Promise<void> {
    const { response } = this.#parts;
    if (!response.writableNeedDrain) return;
    // A reader that stops here holds no memory, however long and whatever happens.
    this.#draining = true;
    this.#pending = [];
    await new Promise<void>((resolve) => {
      response.once("drain", resolve);
      response.once("close", resolve);
    });
    this.#draining = false;
  }
}
