/** Milliseconds as seconds with their thousandths: `7.298`. */
export const stamp = (ms: number): string => (ms / 1000).toFixed(3);
