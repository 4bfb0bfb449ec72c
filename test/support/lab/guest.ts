import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { END_OF_COMMAND, GUEST_READY, guestInit } from "./guest-init.ts";
import { end, ended, type Outcome, start } from "./processes.ts";

export interface GuestPlace {
  /** The namespace that holds the tap. */
  readonly namespace: string;
  readonly tap: string;
  readonly address: string;
  /** Its way to other networks than its own. */
  readonly gateway?: string;
  /** Unique among all guests of this machine. */
  readonly name: string;
  /** A folder for its script and sockets. */
  readonly folder: string;
}

/** A guest boots in two to five seconds; one that takes this long never will. */
const BOOT_LIMIT_MS = 60_000;

/** A user-mode Linux with pppd and pptp-linux, booted once and then given one command after another. */
export class Guest {
  readonly address: string;
  readonly #process: ChildProcess;
  readonly #gone: Promise<number>;
  readonly #line: Duplex;
  #received = "";
  #check: () => void = () => {};
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(place: GuestPlace, child: ChildProcess) {
    this.address = place.address;
    this.#process = child;
    this.#gone = ended(child);
    this.#line = child.stdio[3] as Duplex;
    this.#line.on("error", () => {}); // the guest is gone: `ended` tells
    this.#line.on("data", (part: Buffer) => {
      this.#received += part.toString("latin1");
      this.#check();
    });
  }

  /** Takes about two seconds of one processor. */
  static async boot(place: GuestPlace): Promise<Guest> {
    const script = join(place.folder, `${place.name}.sh`);
    writeFileSync(script, guestInit(place.address, place.gateway), { mode: 0o755 });
    // A PID namespace: user-mode Linux is many processes, and all of them end with the first.
    const child = start(
      "unshare",
      ["--pid", "--fork", "--kill-child", "--mount-proc", "ip", "netns", "exec", place.namespace].concat(
        [
          "linux.uml",
          "mem=256M",
          "root=/dev/root",
          "rootfstype=hostfs",
          "rootflags=/",
          "ro",
          `init=${script}`,
        ],
        ["con=null", "con0=null,null", "ssl0=fd:3,fd:3", `eth0=tuntap,${place.tap}`, "quiet"],
        [`umid=${place.name}`, `uml_dir=${join(place.folder, "uml")}`],
      ),
      { stdio: ["ignore", "ignore", "ignore", "pipe"] },
    );
    const guest = new Guest(place, child);
    const late = setTimeout(() => child.kill("SIGKILL"), BOOT_LIMIT_MS);
    await guest.#until(`${GUEST_READY}\n`);
    clearTimeout(late);
    return guest;
  }

  /** Runs a shell script in the guest, after those given before. */
  run(script: string): Promise<Outcome> {
    const outcome = this.#queue.then(() => this.#execute(script));
    this.#queue = outcome.catch(() => {});
    return outcome;
  }

  /** As `run`; throws unless the script ends with 0. */
  async must(script: string): Promise<string> {
    const { code, output } = await this.run(script);
    if (code !== 0) throw new Error(`in the guest, "${script}" ended with ${code}:\n${output}`);
    return output;
  }

  /** Ends the guest as a power cut would. */
  async close(): Promise<void> {
    await end(this.#process, "SIGKILL");
  }

  async #execute(script: string): Promise<Outcome> {
    this.#line.write(`${Buffer.from(script).toString("base64")}\n`);
    const output = await this.#until(`\n${END_OF_COMMAND} `);
    return { code: Number(await this.#until("\n")), output };
  }

  /** What comes before a text, which is taken as well. */
  async #until(text: string): Promise<string> {
    const came = new Promise<string>((resolve) => {
      this.#check = () => {
        const at = this.#received.indexOf(text);
        if (at < 0) return;
        const before = this.#received.slice(0, at);
        this.#received = this.#received.slice(at + text.length);
        resolve(before);
      };
      this.#check();
    });
    const gone = this.#gone.then((code) => {
      throw new Error(`the guest ended (${code}) while it was to say "${text.trim()}": ${this.#received}`);
    });
    return Promise.race([came, gone]);
  }
}
