/** What the network does with a GRE packet: calls `deliver` never, once or twice, now or later. */
export type Link = (deliver: () => void, from: "client" | "server") => void;

export const perfect: Link = (deliver) => deliver();

/**
 * Numbers from 0 to 1, the same ones for the same seed: mulberry32, small, and even enough for losing
 * packets.
 */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Loses a share of the packets and doubles as many. `healed` makes it perfect from then on. The seed decides,
 * so a run is the same every time.
 */
export function lossyLink(seed: number, share: number): { link: Link; heal: () => void } {
  let healed = false;
  const chance = chanceOf(seed);
  const link: Link = (deliver) => {
    const fate = healed ? 1 : chance();
    if (fate < share) return;
    deliver();
    if (fate > 1 - share && !healed) deliver();
  };
  return {
    link,
    heal: () => {
      healed = true;
    },
  };
}
