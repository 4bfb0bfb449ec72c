/** Of an effect only this counts here. */
interface AnyEffect<Timer> {
  readonly do: string;
  readonly timer?: Timer;
}

interface Disarm<Timer> {
  readonly do: "disarm";
  readonly timer: Timer;
}

/**
 * Keeps account of the timers that run: drops a disarm of one that does not, and puts the disarms of all that
 * still do before `ended`. So a phase may disarm what it does not need without knowing what runs. `expired`:
 * the timer that the effects come from, where it was one.
 */
export function account<Timer extends string, Effect extends AnyEffect<Timer>>(
  armed: ReadonlySet<Timer>,
  expired: Timer | undefined,
  effects: readonly Effect[],
): readonly [ReadonlySet<Timer>, ...(Effect | Disarm<Timer>)[]] {
  const running = new Set(armed);
  if (expired !== undefined) running.delete(expired);
  const out: (Effect | Disarm<Timer>)[] = [];
  for (const effect of effects) {
    const { do: kind, timer } = effect;
    if (kind === "arm" && timer !== undefined) running.add(timer);
    if (kind === "disarm" && timer !== undefined && !running.delete(timer)) continue;
    if (kind === "ended") {
      for (const left of running) out.push({ do: "disarm", timer: left });
      running.clear();
    }
    out.push(effect);
  }
  return [running, ...out];
}
