import { after } from "node:test";
import { Lab } from "./lab.ts";
import { Pacd } from "./pacd.ts";
import { before } from "./real-client.ts";
import type { Resident } from "./resident.ts";
import { type Credentials, VpnClient } from "./vpn-client.ts";

/** The users that every scene knows. */
export const ALICE: Credentials = { user: "alice", password: "s3cret $tr!ng" };
export const BOB: Credentials = { user: "bob", password: "hunter-2030" };

/** What most tests start from: a lab, pacd with two users, an office, and guests to dial from. */
export interface Scene {
  readonly lab: Lab;
  pacd: Pacd;
  readonly office: Resident;
  readonly clients: readonly VpnClient[];
}

/**
 * Sets the scene before the tests of a suite, and clears it away after them. `more`: lines for the
 * configuration.
 */
export function useScene(guests: number, more = ""): Scene {
  const scene = {} as { -readonly [K in keyof Scene]: Scene[K] };
  before(async () => {
    scene.lab = await Lab.create();
    [scene.pacd, scene.clients, scene.office] = await Promise.all([
      Pacd.start(scene.lab, [], more),
      scene.lab.guests(guests).then((all) => all.map((guest) => new VpnClient(guest))),
      scene.lab.office(),
    ]);
    for (const { user, password } of [ALICE, BOB]) await scene.pacd.addUser(user, password);
  });
  after(() => scene.lab?.close());
  return scene;
}
