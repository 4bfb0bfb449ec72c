import type { Command } from "commander";
import { addBackupCreate } from "../backup/create.ts";
import { addBackupAccept, addBackupRestore } from "../backup/restore.ts";
import { addBackupVerify } from "../backup/verify.ts";
import type { Io } from "../io.ts";
import type { Connect } from "../terminal.ts";

/** `pacctl backup …`: the whole server in one file, and back. */
export function addBackupCommands(pacctl: Command, connect: Connect, io: Io): void {
  const backup = pacctl
    .command("backup")
    .description("this server in one file: users, passwords, records, key and configuration")
    .addHelpText("after", HELP);
  addBackupCreate(backup, connect, io);
  addBackupVerify(backup, io);
  addBackupRestore(backup, io);
  addBackupAccept(backup, io);
}

const HELP = `
Examples:
  pacctl backup create /var/backups/pacd.tar.age --passphrase-file /etc/pacd/backup-passphrase
  pacctl backup verify /var/backups/pacd.tar.age --passphrase-file /etc/pacd/backup-passphrase
  systemctl stop pacd
  pacctl backup restore /var/backups/pacd.tar.age --passphrase-file /etc/pacd/backup-passphrase
  systemctl start pacd
`;
