import { installation } from "../../installation/installation.ts";

/** How a backup gets into a state directory, as it can be typed. */
export const restoreCommand = (directory: string, file = "FILE"): string =>
  `\`${installation.commands.pacctl} backup restore ${file} --to ${directory} --force\``;

/** How a database whose log is lost is taken as it is, as it can be typed. */
export const acceptCommand = (directory: string): string =>
  `\`${installation.commands.pacctl} backup accept --to ${directory}\``;
