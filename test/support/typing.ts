import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

/** How each shell is started bare, and told to be quiet. */
const SHELLS = {
  bash: {
    start: "bash --norc --noprofile -i",
    quiet: "bind 'set enable-bracketed-paste off'",
  },
  zsh: {
    start: "zsh -f -i",
    quiet:
      "unsetopt PROMPT_SP PROMPT_CR; autoload -Uz compinit; compinit -u -D; bindkey -e; unset zle_bracketed_paste",
  },
} as const;

/** A shell that somebody types at, on a terminal of its own. */
export class Typing {
  readonly #shell: ChildProcessWithoutNullStreams;
  #shown = "";
  #changed = () => {};

  private constructor(shell: ChildProcessWithoutNullStreams) {
    this.#shell = shell;
    shell.stdout.setEncoding("utf8");
    shell.stdout.on("data", (text: string) => {
      this.#shown += text;
      this.#changed();
    });
  }

  /** Starts it, and has it read a script. */
  static async at(
    shell: keyof typeof SHELLS,
    script: string,
    env: Readonly<Record<string, string>>,
  ): Promise<Typing> {
    const { start, quiet } = SHELLS[shell];
    const child = spawn("script", ["-qfec", start, "/dev/null"], {
      env: { ...env, TERM: "dumb", LC_ALL: "C.UTF-8" },
    });
    const typing = new Typing(child);
    // The marker does not stand in what is typed, which the terminal shows as well.
    typing.type(`${quiet}; PS1='>'; source '${script}'; echo rea''dy\r`);
    await typing.shows("ready");
    return typing;
  }

  type(keys: string): void {
    this.#shell.stdin.write(keys);
  }

  /** What is shown from now on, up to and with these words. */
  async shows(words: string): Promise<string> {
    for (;;) {
      const at = this.#shown.indexOf(words);
      if (at >= 0) {
        const seen = this.#shown.slice(0, at + words.length);
        this.#shown = this.#shown.slice(at + words.length);
        return seen;
      }
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  /** The words that the shell makes of a line after TAB, as a program would get them. */
  async completed(line: string): Promise<readonly string[]> {
    // In front of the line, so that what is behind TAB is not known to the completion.
    this.type(`${line}\t\u0001printf '[%s]' \u0005; echo en''d\r`);
    const seen = await this.shows("end\r\n");
    const printed = seen.slice(seen.lastIndexOf("\n", seen.length - "end\r\n".length - 1) + 1);
    return [...printed.matchAll(/\[([^\]]*)\]/g)].map(([, word]) => word!);
  }

  close(): void {
    this.#shell.stdin.end();
    this.#shell.kill();
  }
}
