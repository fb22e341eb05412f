import { endWithoutChromium, lookForChromium } from './chromium.mjs'

/** Playwright's global set-up: a run without a browser ends here, before every test says so. */
export default function requireChromium() {
  if (!lookForChromium()) endWithoutChromium()
}
