import { createInterface } from "node:readline";
import type { ReadStream } from "node:tty";

/** Asks at the terminal, and shows nothing of what is typed. Undefined where Ctrl-C or Ctrl-D was. */
export function askHidden(
  question: string,
  input: ReadStream,
  write: (text: string) => void,
): Promise<string | undefined> {
  // Before the question: whoever answers at once, a program perhaps, is not shown either.
  input.setRawMode(true);
  write(question);
  input.setEncoding("utf8");
  input.resume();
  let typed = "";
  return new Promise((resolve) => {
    const end = (answer: string | undefined) => {
      input.off("data", read);
      input.setRawMode(false);
      input.pause();
      write("\n");
      resolve(answer);
    };
    const read = (text: string) => {
      for (const character of text) {
        if (character === "\r" || character === "\n") return end(typed);
        if (character === "\u0003" || (character === "\u0004" && typed === "")) return end(undefined);
        if (character === "\u007f" || character === "\b") typed = [...typed].slice(0, -1).join("");
        else if (character === "\u0015") typed = "";
        else if (character >= " ") typed += character;
      }
    };
    input.on("data", read);
  });
}

/** Asks at the terminal, which shows what is typed. Undefined where Ctrl-C or Ctrl-D was. */
export function askLine(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string | undefined> {
  const lines = createInterface({ input, output });
  return new Promise((resolve) => {
    lines.once("close", () => resolve(undefined));
    lines.once("SIGINT", () => lines.close());
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
