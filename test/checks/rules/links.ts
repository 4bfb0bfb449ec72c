/** A link of a document to a file of this repository, or to a heading. */
interface Link {
  /** Relative to the document; "": the document itself. */
  readonly path: string;
  readonly heading: string | undefined;
}

/** The links of a text in Markdown, but for those that lead out of the repository. */
function linksOf(markdown: string): readonly Link[] {
  const prose = markdown.replaceAll(/^(?: {4}|```[\s\S]*?^```).*$/gm, "").replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = "", heading] = target.split("#");
      return { path, heading };
    });
}

/** What a page of the repository calls its headings: lower case, without signs, with hyphens. */
function headingsOf(markdown: string): ReadonlySet<string> {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, "");
  return new Set(
    [...prose.matchAll(/^#+ +(.*)$/gm)].map(([, text]) =>
      text!
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

/**
 * Links of the document `path` that lead nowhere. `read`: the text of a file or "" for a folder, by its path
 * in the repository; undefined where there is none.
 */
export function brokenLinks(
  path: string,
  markdown: string,
  read: (path: string) => string | undefined,
): readonly string[] {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  return linksOf(markdown).flatMap(({ path: target, heading }) => {
    const file = target === "" ? path : joined(folder, target);
    const text = target === "" ? markdown : read(file);
    const shown = heading === undefined ? target : `${target}#${heading}`;
    if (text === undefined) return [`${path}: ${shown}: there is no ${file}`];
    if (heading !== undefined && !headingsOf(text).has(heading))
      return [`${path}: ${shown}: ${file} has no such heading`];
    return [];
  });
}

function joined(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split("/"))
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  return parts.join("/");
}
