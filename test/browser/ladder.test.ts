import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { startChromium } from "../support/browser/chromium.ts";
import { pageFaults } from "../support/browser/page-faults.ts";
import { SAMPLES } from "../support/browser/samples.ts";
import { needs } from "../support/needs.ts";

/** Pictures of the last run, for people; not in git. */
const PICTURES = fileURLToPath(new URL("./pictures/", import.meta.url));

/** A telephone, a tablet upright, a laptop, a large screen; light or dark. */
const SCREENS = [
  [390, "light"],
  [390, "dark"],
  [768, "light"],
  [1100, "light"],
  [1100, "dark"],
  [1920, "light"],
] as const;

/** The text area of A4 between margins of 12 mm, at 96 pixels per inch. */
const PAPER = 703;

const skip = needs({ programs: ["chromium"] });
let browser: Browser;
before(async () => {
  if (skip !== false) return;
  mkdirSync(PICTURES, { recursive: true });
  browser = await startChromium();
});
after(() => browser?.close());

/** One window for each sample: what is asked of it next changes its width, not its page. */
const windows = new Map<string, Promise<Page>>();

async function opened(name: string, html: () => Promise<string>): Promise<Page> {
  const window =
    windows.get(name) ??
    (async () => {
      const page = await browser.newPage();
      await page.setContent(await html());
      return page;
    })();
  windows.set(name, window);
  return await window;
}

const look = (page: Page, name: string) =>
  page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true, animations: "disabled" });

for (const [name, html] of SAMPLES) {
  for (const [width, colorScheme] of SCREENS)
    test(`${name} at ${width} pixels, ${colorScheme}: all of it can be read`, { skip }, async () => {
      const page = await opened(name, html);
      await page.emulateMedia({ media: "screen", colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const faults = await page.evaluate(pageFaults);
      await look(page, `${name}-${width}-${colorScheme}`);
      assert.deepEqual(faults, []);
    });

  test(`${name} on paper: all of it can be read, and it is light`, { skip }, async () => {
    const page = await opened(name, html);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.setViewportSize({ width: PAPER, height: 1000 });
    const faults = await page.evaluate(pageFaults);
    await look(page, `${name}-paper`);
    assert.deepEqual(faults, []);
    assert.equal(await page.evaluate(bodyColour), "rgb(255, 255, 255)");
  });
}

test("the faults that are looked for are found", { skip }, async () => {
  const bad = `<body style="margin:0;color:#999;background:#fff">pale
    <p style="width:2000px">wide ${"word ".repeat(200)}</p>
    <p style="position:absolute;top:30px;left:0;color:#000">above</p>
    <p style="overflow:hidden;width:50px;white-space:nowrap;color:#000">cut off words</p>
    <p style="width:30px;overflow-wrap:anywhere">Encryption</p>
    <ol class="rows"><li style="width:300px">a</li><li style="width:900px">b</li></ol>
    <div class="sides"><b style="position:absolute;left:500px">server</b></div></body>`;
  const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
  await page.setContent(bad);
  const found = (await page.evaluate(pageFaults)).join("\n");
  for (const fault of [
    /^too pale: pale/m,
    /^beyond the edge: wide/m,
    /^one on the other: .*above/m,
    /^broken: Encryption/m,
    /^cut or to be scrolled/m,
    /^the page is \d+ wide/m,
    /^lifelines at /m,
    /^lifelines are bent/m,
    /^a side's name/m,
  ])
    assert.match(found, fault);
  await page.close();
});

/** Runs inside the page. */
function bodyColour(): string {
  const page = globalThis as unknown as {
    document: { body: object };
    getComputedStyle(element: object): { backgroundColor: string };
  };
  return page.getComputedStyle(page.document.body).backgroundColor;
}
