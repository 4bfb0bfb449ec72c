import { AppError } from "../../server/errors/app-error.ts";
import type { InnerPacket } from "../decode/decode-types.ts";
import { innerFileHead, innerRecord } from "../decode/inner-file.ts";
import type { Io, OutputFile } from "../io.ts";

/** The file of `--write-decrypted`. All that it throws are AppErrors. */
export class DecryptedFile {
  readonly path: string;
  readonly #file: OutputFile;
  packets = 0;

  static async create(path: string, create: Io["createFile"]): Promise<DecryptedFile> {
    try {
      const file = await create(path);
      file.write(innerFileHead());
      return new DecryptedFile(path, file);
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  private constructor(path: string, file: OutputFile) {
    this.path = path;
    this.#file = file;
  }

  write(packet: InnerPacket, startedAt: bigint): void {
    try {
      this.#file.write(innerRecord(packet, startedAt));
    } catch (error) {
      throw unwritable(this.path, error);
    }
    this.packets += 1;
  }

  async close(): Promise<void> {
    await this.#file.close().catch((error: unknown) => {
      throw unwritable(this.path, error);
    });
  }
}

/** Says which file or folder it is that cannot be written, and why. */
export function unwritable(path: string, error: unknown): AppError {
  const why = error instanceof Error ? error.message : String(error);
  return new AppError("usage", `${path} cannot be written: ${why}.`);
}
