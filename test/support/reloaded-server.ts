import { Conditions } from "../../server/conditions/conditions.ts";
import type { Config } from "../../server/config/config-types.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import type { LivePart } from "../../server/reload/live-part.ts";
import { Reloader } from "../../server/reload/reloader.ts";
import { VirtualClock } from "./virtual-clock.ts";

export const FILE = "/etc/pacd/pacd.toml";
export const parsed = (toml: string): Config => parseConfig(toml, FILE);

/** A server of parts that only say what is done to them; `file` is what stands in the file. */
export function reloadedServer(change: { readonly [part: string]: Partial<LivePart> } = {}) {
  const did: string[] = [];
  const logged: string[] = [];
  /** The keys that changed, for each reload that was told of. */
  const loads: string[][] = [];
  const clock = new VirtualClock();
  const conditions = new Conditions(clock, { warn() {}, info() {} });
  const disk = { toml: "", reads: 0, reading: async () => {} };
  const running = { config: parsed("") };
  const part = (name: string, keys: LivePart["keys"]): LivePart => ({
    name,
    keys,
    check: () => void did.push(`check ${name}`),
    apply() {
      did.push(`apply ${name}`);
      return {
        notes: [`${name} went over`],
        undo: () => void did.push(`undo ${name}`),
        finish: () => void did.push(`finish ${name}`),
      };
    },
    ...change[name],
  });
  const reloader = new Reloader({
    running,
    file: FILE,
    read: async () => {
      disk.reads += 1;
      await disk.reading();
      return parsed(disk.toml);
    },
    parts: [
      part("ports", ["pptp.listen"]),
      part("pools", ["tunnel.pool", "pools"]),
      part("all", "any key"),
      part("certificate", "every reload"),
    ],
    sessions: {
      effectsOf: () => ({ sessions: 214, ending: 12, noLongerAllowed: 3 }),
      endWithdrawn: async () => {
        did.push("end sessions");
        return 12;
      },
    },
    remarks: async () => ["Think of it."],
    conditions,
    log: {
      info: (_fields, text) => logged.push(text),
      error: (_fields, text) => logged.push(`error: ${text}`),
    },
    loaded: ({ changes }) => void loads.push(changes.map(({ key }) => key)),
    around() {
      did.push("begun");
      return () => void did.push("over");
    },
  });
  const holding = () => conditions.all().map(({ code }) => code);
  return { did, logged, loads, conditions, holding, disk, running, reloader };
}

export const POOL = '[tunnel]\npool = ["10.78.0.0/24"]';
