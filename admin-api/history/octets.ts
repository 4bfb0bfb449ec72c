/**
 * JSON as octets, written by hand into memory that is there already: what a list of thousands of sessions is
 * made of anew each second. Each returns the place after what it has written.
 */

/** Copies. */
export function putOctets(into: Uint8Array, at: number, octets: Uint8Array): number {
  for (let index = 0; index < octets.length; index++) into[at + index] = octets[index]!;
  return at + octets.length;
}

const ZERO = 0x30;

/** Digits of the largest whole number that a double has exactly. */
export const MAX_DIGITS = 16;

/** A whole number that is not negative, in decimal. */
export function putNumber(into: Uint8Array, at: number, number: number): number {
  let size = 1;
  for (let next = 10; next <= number; next *= 10) size++;
  let place = at + size;
  let left = number;
  // Arithmetic of 32 bits takes a fraction of the time, so it gets what it can.
  while (left > 0xffffffff) {
    const tenth = Math.floor(left / 10);
    into[--place] = ZERO + (left - tenth * 10);
    left = tenth;
  }
  let low = left >>> 0;
  while (place > at) {
    const tenth = (low / 10) >>> 0;
    into[--place] = ZERO + (low - tenth * 10);
    low = tenth;
  }
  return at + size;
}

/** Characters of "2026-11-30T19:30:49.754Z". */
export const MOMENT_LENGTH = 24;

const DAY = 86_400_000;

let dayKnown = Number.NaN;
let dayText = new Uint8Array();

/** A moment since 1970, in milliseconds, as `Date.toISOString` has it. */
export function putMoment(into: Uint8Array, at: number, millis: number): number {
  const day = Math.floor(millis / DAY);
  if (day !== dayKnown) {
    dayKnown = day;
    dayText = Buffer.from(new Date(day * DAY).toISOString().slice(0, 11), "latin1");
  }
  const within = (millis - day * DAY) | 0;
  let place = putOctets(into, at, dayText);
  place = putPadded(into, place, (within / 3_600_000) | 0, 2);
  into[place++] = COLON;
  place = putPadded(into, place, ((within / 60_000) | 0) % 60, 2);
  into[place++] = COLON;
  place = putPadded(into, place, ((within / 1000) | 0) % 60, 2);
  into[place++] = DOT;
  place = putPadded(into, place, within % 1000, 3);
  into[place++] = Z;
  return place;
}

const [COLON, DOT, Z] = [0x3a, 0x2e, 0x5a];

function putPadded(into: Uint8Array, at: number, number: number, digits: number): number {
  let left = number;
  for (let place = at + digits - 1; place >= at; place--) {
    const tenth = (left / 10) | 0;
    into[place] = ZERO + (left - tenth * 10);
    left = tenth;
  }
  return at + digits;
}
