/** What the network does with a GRE packet, in either direction: calls `deliver` never, once or twice. */
export type Link = (deliver: () => void) => void;

export const perfect: Link = (deliver) => deliver();

/**
 * Loses a share of the packets and doubles as many. `healed` makes it perfect from then on. The seed decides, so a run
 * is the same every time.
 */
export function lossyLink(seed: number, share: number): { link: Link; heal: () => void } {
  let state = seed >>> 0;
  let healed = false;
  const chance = () => {
    // mulberry32: small, and even enough for losing packets.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
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
