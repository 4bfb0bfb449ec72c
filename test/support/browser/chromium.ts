import { type Browser, chromium } from "playwright-core";

/** Where Debian's package puts it. */
const CHROMIUM = "/usr/bin/chromium";

/** Debian's Chromium without a screen. As root it has no sandbox of its own; it shows pages of ours alone. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: false });
