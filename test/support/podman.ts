import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt, type Outcome, run } from "./lab/processes.ts";

const DOCKER = fileURLToPath(new URL("../../deploy/docker", import.meta.url));

/** Images and containers of a test's own, with nothing of theirs on this host but in one folder. */
export class Podman {
  readonly #folder = mkdtempSync(join(tmpdir(), "pacd-oci-"));

  /** Runs podman; throws where it fails. */
  run(...args: readonly string[]): Promise<string> {
    return run("podman", ...this.#options(), ...args);
  }

  attempt(...args: readonly string[]): Promise<Outcome> {
    return attempt("podman", ...this.#options(), ...args);
  }

  /** An image of that name, of all files in a folder. */
  async import(folder: string, name: string): Promise<void> {
    const pipe = 'folder=$1 && shift && tar -C "$folder" -c . | podman "$@"';
    await run("sh", "-ec", pipe, "sh", folder, ...this.#options(), "import", "-", name);
  }

  /** Builds the image of `deploy/docker` on `base`, with the packages of pacd that are in `packages`. */
  async build(name: string, base: string, packages: string): Promise<void> {
    const context = join(this.#folder, "context");
    mkdirSync(context);
    cpSync(packages, join(context, "dist"), { recursive: true });
    cpSync(DOCKER, join(context, "deploy/docker"), { recursive: true });
    const file = join(context, "deploy/docker/Dockerfile");
    await this.run(
      ...["build", "--isolation", "chroot", "--format", "docker", "--quiet", "--build-arg", `BASE=${base}`],
      ...["--build-arg", "TARGETARCH=amd64", "--tag", name, "--file", file, context],
    );
  }

  async close(): Promise<void> {
    await this.attempt("rm", "--all", "--force", "--time", "0");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * Without systemd of this host, and without layers in the kernel, which not every host lends to a
   * container.
   */
  #options(): readonly string[] {
    return [
      ...["--root", join(this.#folder, "root"), "--runroot", join(this.#folder, "run")],
      ...["--storage-driver", "vfs", "--cgroup-manager", "cgroupfs", "--events-backend", "none"],
      ...["--runtime", "runc"],
    ];
  }
}
