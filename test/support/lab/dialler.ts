import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Lab } from "./lab.ts";
import { Namespace } from "./namespace.ts";
import { end, ended, type Outcome, start } from "./processes.ts";
import { until } from "./until.ts";

const LAUNCHER = fileURLToPath(new URL("../../../bin/pacctl", import.meta.url));

/** A host on the clients' side that has the product's own client. */
export class Dialler {
  readonly namespace: Namespace;

  private constructor(namespace: Namespace) {
    this.namespace = namespace;
  }

  static async create(lab: Lab): Promise<Dialler> {
    const namespace = await Namespace.create();
    lab.onClose(() => namespace.remove());
    await lab.namespace.ip(`link add dialler type veth peer name eth0 netns ${namespace.name}`);
    await lab.namespace.ip("link set dialler master br0 up");
    await namespace.ip("addr add 10.9.0.77/24 dev eth0");
    await namespace.ip("link set eth0 up");
    return new Dialler(namespace);
  }

  /** `pacctl dial` to its end; `through` are words before the launcher. */
  async dial(words: readonly string[], password: string, through: readonly string[] = []): Promise<Outcome> {
    return this.start(words, password, through).outcome();
  }

  start(words: readonly string[], password: string, through: readonly string[] = []): RunningDial {
    const [first, ...others] = [...through, LAUNCHER, "dial", ...words, "--password-stdin"];
    const [program, args] = this.namespace.enter(first!, ...others);
    const child = start(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    child.stdin!.end(password);
    return new RunningDial(child);
  }
}

/** A `pacctl dial` that runs beside the test. */
export class RunningDial {
  readonly #child: ChildProcess;
  #output = "";

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on("data", (part: Buffer) => {
        this.#output += part.toString();
      });
    }
  }

  /** Resolves when the tunnel is up. */
  async up(): Promise<void> {
    await until("the tunnel of pacctl", () => {
      if (this.#child.exitCode !== null) throw new Error(`pacctl ended:\n${this.#output}`);
      return this.#output.includes("Ctrl-C");
    });
  }

  /** Ctrl-C, and what it said until its end. */
  async interrupt(): Promise<Outcome> {
    return { code: await end(this.#child, "SIGINT"), output: this.#output };
  }

  async outcome(): Promise<Outcome> {
    return { code: await ended(this.#child), output: this.#output };
  }
}
