const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A word in the making, in which escapes stand for octets (`\303\244`, `\C3\A4`). Octets that follow each
 * other are UTF-8 where they can be, and otherwise Latin-1, which is how old systems wrote.
 */
export class OctetText {
  #text = "";
  #octets: number[] = [];

  add(text: string): void {
    this.#flush();
    this.#text += text;
  }

  octet(value: number): void {
    this.#octets.push(value & 0xff);
  }

  toString(): string {
    this.#flush();
    return this.#text;
  }

  #flush(): void {
    if (this.#octets.length === 0) return;
    const octets = Uint8Array.from(this.#octets);
    this.#octets = [];
    try {
      this.#text += UTF8.decode(octets);
    } catch {
      this.#text += String.fromCharCode(...octets);
    }
  }
}
