import { endWithoutChromium, lookForChromium } from './chromium.mjs'

/** Playwright's global set-up: ends a run without a browser, before every single test fails. */
export default function requireChromium() {
  if (!lookForChromium()) endWithoutChromium()
}
