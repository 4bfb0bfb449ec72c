/** What came of a stream of server-sent events. */
export interface StreamEvent {
  readonly type: string;
  /** "": there is none, and only `id` is said. */
  readonly data: string;
  readonly id: string | undefined;
}

const EMPTY: StreamEvent = { type: "message", data: "", id: undefined };

/** The events of a stream of octets, one after the other (WHATWG HTML, "Server-sent events"). */
export async function* eventsOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  let event = EMPTY;
  for await (const octets of stream) {
    const lines = (rest + decoder.decode(octets, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line === "") {
        if (event.data !== "" || event.id !== undefined) yield event;
        event = EMPTY;
      } else if (line.startsWith("event: ")) event = { ...event, type: line.slice(7) };
      else if (line.startsWith("id: ")) event = { ...event, id: line.slice(4) };
      else if (line.startsWith("data: ")) event = { ...event, data: event.data + line.slice(6) };
    }
  }
}
