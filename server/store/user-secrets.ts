import type { UserRow } from "./database.ts";
import type { Place, SecretBox } from "./secret-box.ts";
import type { UserSecrets } from "./store-types.ts";

/** What is unsealed for a login. */
type Unsealed = Omit<UserSecrets, "user">;

/** What a row holds that only the secret box can read. */
type SecretColumns = Pick<UserRow, "id" | "ntHash" | "password">;

/** Octets of an NT hash. */
const HASH_LENGTH = 16;

/**
 * Ours: passwords are filled up to a multiple of so many octets, so that the sealed one does not tell how
 * long it is.
 */
const PASSWORD_BLOCK = 64;

const hashPlace = (id: string): Place => ({ row: id, column: "users.nt_hash" });
const passwordPlace = (id: string): Place => ({ row: id, column: "users.password" });

/** Seals what is kept of a password, and opens it again. */
export class SecretKeeper {
  readonly #box: SecretBox;
  readonly #ntHash: (password: string) => Uint8Array;
  /** Opened for a name that nobody has, and for a user without a kept password: that takes the same time. */
  readonly #nobody: SecretColumns & { readonly password: Uint8Array };

  constructor(box: SecretBox, ntHash: (password: string) => Uint8Array) {
    this.#box = box;
    this.#ntHash = ntHash;
    this.#nobody = {
      id: "nobody",
      ntHash: box.seal(new Uint8Array(HASH_LENGTH), hashPlace("nobody")),
      password: this.sealPassword("nobody", "nobody"),
    };
  }

  /**
   * The NT hash of the password; beyond ASCII a second one too, of its UTF-8 octets widened to 16 bits each,
   * since that is what pppd's clients make of it.
   */
  sealHashes(id: string, password: string): Uint8Array {
    const widened = Buffer.from(password, "utf8").toString("latin1");
    const hashes = [...new Set([password, widened])].map(this.#ntHash);
    return this.#box.seal(Buffer.concat(hashes), hashPlace(id));
  }

  /** For a password that shall be readable again. */
  sealPassword(id: string, password: string): Uint8Array {
    const text = Buffer.from(password, "utf8");
    const filled = Buffer.alloc(Math.ceil(text.length / PASSWORD_BLOCK) * PASSWORD_BLOCK);
    text.copy(filled);
    return this.#box.seal(filled, passwordPlace(id));
  }

  /** Is this the password of the row? */
  isOf({ id, ntHash }: Pick<SecretColumns, "id" | "ntHash">, password: string): boolean {
    const hashes = this.#box.open(ntHash, hashPlace(id));
    return hashes !== undefined && Buffer.from(split(hashes)[0]!).equals(this.#ntHash(password));
  }

  /**
   * Undefined for a row that is not there, "altered" for one that was not sealed here. Two unsealings,
   * whatever the row holds and whether there is one.
   */
  open(row: SecretColumns | undefined): Unsealed | "altered" | undefined {
    const { id, ntHash } = row ?? this.#nobody;
    const kept = row?.password ?? undefined;
    const hashes = this.#box.open(ntHash, hashPlace(id));
    const password =
      kept === undefined
        ? this.#box.open(this.#nobody.password, passwordPlace(this.#nobody.id))
        : this.#box.open(kept, passwordPlace(id));
    if (row === undefined) return undefined;
    if (hashes === undefined || password === undefined) return "altered";
    return {
      ntHashes: split(hashes),
      password: kept === undefined ? undefined : unfilled(password),
    };
  }
}

function split(hashes: Uint8Array): readonly Uint8Array[] {
  const one = hashes.subarray(0, HASH_LENGTH);
  return hashes.length === HASH_LENGTH ? [one] : [one, hashes.subarray(HASH_LENGTH)];
}

/** No password has a NUL in it. */
function unfilled(password: Uint8Array): string {
  const end = password.indexOf(0);
  return Buffer.from(end < 0 ? password : password.subarray(0, end)).toString("utf8");
}
