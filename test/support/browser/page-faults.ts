/** What is used of a page's DOM, so that the rest of the tests need no types of a browser. */
interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
interface Style {
  readonly [property: string]: string;
}
interface El {
  readonly parentElement: El | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly className: string;
  readonly style: { contentVisibility: string };
  getBoundingClientRect(): Rect;
  closest(selector: string): El | null;
  checkVisibility(): boolean;
}
interface TextNode {
  readonly data: string;
  readonly parentElement: El;
}
interface PageGlobals {
  readonly document: {
    readonly documentElement: El;
    readonly body: El;
    querySelectorAll(selector: string): Iterable<El>;
    createRange(): {
      selectNodeContents(node: TextNode): void;
      setStart(node: TextNode, offset: number): void;
      setEnd(node: TextNode, offset: number): void;
      getClientRects(): Iterable<Rect>;
    };
    createTreeWalker(root: El, what: number): { nextNode(): TextNode | null };
  };
  getComputedStyle(element: El): Style;
}

/**
 * Runs inside the page, so it may use nothing around it. Says what a person could not read there: text
 * beyond the edge, cut, broken within a word or on other text, too pale for its background (WCAG 2.2,
 * 1.4.3), or a ladder of which one side is out of sight.
 */
export function pageFaults(): string[] {
  const page = globalThis as unknown as PageGlobals;
  const { document } = page;
  const width = document.documentElement.clientWidth;
  const faults = new Set<string>();
  // What is not on the screen has no place before it comes there.
  for (const element of document.querySelectorAll(".call, .piece"))
    element.style.contentVisibility = "visible";
  const inside = ({ left, right }: Rect) => left >= -0.5 && right <= width + 0.5;

  const luminance = (colour: string): number => {
    const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const contrast = (element: El): number => {
    let behind: El | null = element;
    const backgroundOf = (one: El) => page.getComputedStyle(one)["backgroundColor"]!;
    while (behind !== null && /^rgba\(.*, 0\)$|^transparent$/.test(backgroundOf(behind)))
      behind = behind.parentElement;
    const back = luminance(behind === null ? "rgb(255, 255, 255)" : backgroundOf(behind));
    const ink = luminance(page.getComputedStyle(element)["color"]!);
    return (Math.max(back, ink) + 0.05) / (Math.min(back, ink) + 0.05);
  };

  const pieces: { readonly rect: Rect; readonly words: string }[] = [];
  const walker = document.createTreeWalker(document.body, 4);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const words = node.data.trim().slice(0, 40);
    if (words === "" || node.parentElement.closest(".who") !== null || !node.parentElement.checkVisibility())
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let shown = false;
    for (const rect of range.getClientRects()) {
      if (rect.right - rect.left < 1) continue;
      shown = true;
      pieces.push({ rect, words });
      if (!inside(rect)) faults.add(`beyond the edge: ${words}`);
    }
    for (const { 0: word, index } of node.data.matchAll(/(?<!\S)[A-Za-z]{2,16}(?!\S)/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) faults.add(`broken: ${word}`);
    }
    if (shown && contrast(node.parentElement) < 4.5) faults.add(`too pale: ${words}`);
  }

  const byTop = pieces.toSorted((a, b) => a.rect.top - b.rect.top);
  for (const [i, one] of byTop.entries()) {
    for (let j = i + 1; j < byTop.length && byTop[j]!.rect.top < one.rect.bottom - 3; j += 1) {
      const [a, b] = [one.rect, byTop[j]!.rect];
      if (a.left < b.right - 2 && b.left < a.right - 2)
        faults.add(`one on the other: ${one.words} / ${byTop[j]!.words}`);
    }
  }

  for (const element of document.querySelectorAll("body, body *")) {
    const clipped = page.getComputedStyle(element)["overflowX"] !== "visible";
    if (clipped && element.closest(".who") === null && element.scrollWidth > element.clientWidth + 1)
      faults.add(`cut or to be scrolled: ${element.className}`);
  }
  if (document.documentElement.scrollWidth > width)
    faults.add(`the page is ${document.documentElement.scrollWidth} wide, the window ${width}`);

  const edges = new Set<string>();
  for (const row of document.querySelectorAll(".rows > li")) {
    const { left, right } = row.getBoundingClientRect();
    edges.add(`${Math.round(left)} ${Math.round(right)}`);
    if (left < 0 || right > width) faults.add(`lifelines at ${left} and ${right} of ${width}`);
  }
  for (const side of document.querySelectorAll(".sides > *"))
    if (!inside(side.getBoundingClientRect())) faults.add("a side's name is out of sight");
  if (edges.size > 1) faults.add(`lifelines are bent: ${[...edges].join(", ")}`);
  return [...faults];
}
