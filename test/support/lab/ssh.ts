import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Keys and configuration of an SSH server called `name` on port 443 (`sshd`), of a client that it lets in
 * (`config`), and `bin/ssh` and `bin/scp`, which use that.
 */
export function prepareSsh(folder: string, name: string): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  for (const key of ["host", "user"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, key)]);
  copyFileSync(join(folder, "user.pub"), join(folder, "authorized_keys"));
  writeFileSync(join(folder, "known_hosts"), `${name} ${readFileSync(join(folder, "host.pub"), "utf8")}`);
  const options = [
    "IdentityFile user",
    "UserKnownHostsFile known_hosts",
    "IdentitiesOnly yes",
    "BatchMode yes",
  ];
  writeFileSync(
    join(folder, "config"),
    options.map((line) => `${line.replace(/File (\w+)/, `File ${folder}/$1`)}\n`).join(""),
  );
  for (const program of ["ssh", "scp"])
    writeFileSync(
      join(folder, "bin", program),
      `#!/bin/sh\nexec /usr/bin/${program} -F ${folder}/config "$@"\n`,
      { mode: 0o755 },
    );
  const server = [
    "Port 443",
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    "StrictModes no",
    "UsePAM no",
    "PidFile none",
    "PermitRootLogin yes",
    "Subsystem sftp internal-sftp",
  ];
  writeFileSync(join(folder, "sshd"), `${server.join("\n")}\n`);
  writeFileSync(join(folder, "config"), `Port 443\n${readFileSync(join(folder, "config"), "utf8")}`);
}
