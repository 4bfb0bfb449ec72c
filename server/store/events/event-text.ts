/** An event as it goes out, in one line. `data` is JSON; `id` null: it has no number. */
export const eventText = (event: {
  readonly id: number | null;
  readonly at: string;
  readonly type: string;
  readonly data: string;
}): string => `{"id":${event.id},"at":"${event.at}","type":"${event.type}","data":${event.data}}`;
