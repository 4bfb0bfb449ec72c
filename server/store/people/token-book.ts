import { nameKey } from "../../names/user-name.ts";
import { hex } from "../../wire/bytes.ts";
import type { Token } from "./token-types.ts";

/** Every token that holds, in memory: by its hash, its ID and its name. */
export class TokenBook {
  readonly #byId = new Map<string, { readonly hash: string; token: Token }>();
  readonly #idByHash = new Map<string, string>();
  readonly #watchers = new Set<(id: string) => void>();

  get size(): number {
    return this.#byId.size;
  }

  /** By its hash, which tells nobody how to come nearer to a token: no comparison in constant time. */
  find(hash: Uint8Array): Token | undefined {
    return this.#byId.get(this.#idByHash.get(hex(hash)) ?? "")?.token;
  }

  get(idOrName: string): Token | undefined {
    return this.#byId.get(idOrName)?.token ?? this.named(idOrName);
  }

  /** No log-in, whose name is an administrator's. */
  named(name: string): Token | undefined {
    const key = nameKey(name);
    return this.all().find((token) => token.kind === "token" && nameKey(token.name) === key);
  }

  all(): readonly Token[] {
    return [...this.#byId.values()].map(({ token }) => token);
  }

  /** The latest first. */
  logInsOf(administratorId: string): readonly Token[] {
    return this.all()
      .filter((token) => token.administratorId === administratorId)
      .sort(latestFirst);
  }

  add(hash: Uint8Array, token: Token): void {
    this.#byId.set(token.id, { hash: hex(hash), token });
    this.#idByHash.set(hex(hash), token.id);
  }

  /** The same token with other facts about it. */
  change(id: string, facts: Partial<Token>): void {
    const entry = this.#byId.get(id);
    if (entry !== undefined) entry.token = { ...entry.token, ...facts };
  }

  /** It holds no more, and who waits for that hears it. */
  end(id: string): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) return;
    this.#byId.delete(id);
    this.#idByHash.delete(entry.hash);
    for (const ended of this.#watchers) ended(id);
  }

  watch(ended: (id: string) => void): () => void {
    this.#watchers.add(ended);
    return () => void this.#watchers.delete(ended);
  }
}

const latestFirst = (a: Token, b: Token): number =>
  b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);
