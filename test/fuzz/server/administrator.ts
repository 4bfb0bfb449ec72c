import type { UserChange } from "../../../server/store/store-types.ts";
import type { World } from "../../simulation/world.ts";
import { USERS } from "./users.ts";

/** What an administrator changes about a user, who gets it back at the end. */
const CHANGES: readonly UserChange[] = [
  { enabled: false },
  { enabled: true },
  { rateUp: 8_000, rateDown: 8_000 },
  { rateUp: null, rateDown: null, allowedDestinations: [] },
  { allowedDestinations: ["198.51.100.0/24 tcp 1-1024", "0.0.0.0/0 icmp"] },
  { sessionTimeout: 1 },
  { idleTimeout: 10 },
  { allowedHours: ["mon-fri 08:00-18:00"] },
  { allowedSources: ["203.0.113.0/24"] },
];

const UNCHANGED: UserChange = {
  enabled: true,
  rateUp: null,
  rateDown: null,
  allowedDestinations: [],
  sessionTimeout: null,
  idleTimeout: null,
  allowedHours: [],
  allowedSources: [],
};

/**
 * Does what the admin API does, as its routes do it. Nothing waits for an answer; what goes wrong is in
 * `faults`.
 */
export class Administrator {
  readonly faults: unknown[] = [];
  /** Requests without an answer. */
  pending = 0;
  readonly #world: World;
  readonly #touched = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  act(which: number, value: number): void {
    const { concentrator } = this.#world;
    const { name } = USERS[which % USERS.length]!;
    const session = concentrator.sessions()[value % 4];
    if (value % 3 === 0) this.#request(this.#change(name, CHANGES[value % CHANGES.length]!));
    else if (session === undefined) this.#look();
    else if (value % 3 === 1) this.#request(concentrator.disconnect(session.id));
    else this.#request(concentrator.disconnectUser(session.userId));
  }

  /** Users as they were, whatever they or the administrator changed. */
  restore(): void {
    const { users } = this.#world.store;
    for (const { name, password, passwordExpiresAt } of USERS)
      if (passwordExpiresAt !== undefined)
        this.#request(users.setPassword(name, { password, passwordExpiresAt }));
    for (const user of USERS.filter(({ name }) => this.#touched.has(name))) {
      const { name, password: _password, recoverablePassword: _recoverable, ...policy } = user;
      this.#request(this.#change(name, { ...UNCHANGED, ...policy }));
    }
    this.#touched.clear();
  }

  #look(): void {
    const { concentrator } = this.#world;
    concentrator.status();
    for (const { id } of concentrator.sessions()) concentrator.session(id);
    this.#request(concentrator.weakOptions());
  }

  async #change(name: string, change: UserChange): Promise<void> {
    this.#touched.add(name);
    const { store, concentrator } = this.#world;
    await concentrator.userChanged(await store.users.update(name, change));
  }

  #request(answer: Promise<unknown>): void {
    this.pending += 1;
    answer
      .catch((error: unknown) => this.faults.push(error))
      .finally(() => {
        this.pending -= 1;
      });
  }
}
