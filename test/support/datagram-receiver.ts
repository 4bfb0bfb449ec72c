import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** perl-base, which every Debian has: Node knows no Unix datagrams. */
const PROGRAM = `
  use IO::Socket::UNIX; use Socket; $| = 1;
  my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die "$!";
  print "ready\\n";
  while (defined $socket->recv(my $octets, 1 << 20)) { print unpack("H*", $octets), "\\n"; }
`;

/** A Unix socket at a path, and what it receives. */
export class DatagramReceiver {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(process: ChildProcess, lines: AsyncIterator<string>) {
    this.#process = process;
    this.#lines = lines;
  }

  /** Resolves when datagrams to `path` arrive. */
  static async open(path: string): Promise<DatagramReceiver> {
    const child = spawn("perl", ["-e", PROGRAM, path], { stdio: ["ignore", "pipe", "inherit"] });
    const receiver = new DatagramReceiver(
      child,
      createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    );
    await receiver.#lines.next();
    return receiver;
  }

  /** The next datagram. */
  async next(): Promise<Buffer> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error("the receiver has ended");
    return Buffer.from(value, "hex");
  }

  async close(): Promise<void> {
    this.#process.kill("SIGKILL");
    if (this.#process.exitCode === null && this.#process.signalCode === null)
      await once(this.#process, "exit");
  }
}
