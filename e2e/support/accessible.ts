import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export const LOOKS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  // both schemes are checked for contrast on a wide screen; the narrow layout is the same in both
  { width: 320, colorScheme: 'dark' },
] as const

type Look = { width: number; colorScheme: 'light' | 'dark' }

/** Expects axe to find no problem, in both colour schemes, wide and narrow. */
export async function expectAccessible(page: Page, looks: readonly Look[] = LOOKS) {
  for (const { width, colorScheme } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await settled(page)
    // the page has no frames; without them axe need not open a page of its own
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .options({
        runOnly: { type: 'tag', values: TAGS },
        // people who use speech input read out the visible text: WCAG 2.5.3
        rules: { 'label-content-name-mismatch': { enabled: true } },
      })
      .analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    )
    expect(found, `${width} px, ${colorScheme}`).toEqual([])
  }
}

/**
 * Waits until nothing moves: no tip is open under a pointer left behind by a new layout, no colour
 * is in transition, and the page is painted. The page is seen from its top: further down it is
 * chance which control is half below the sticky header, and axe takes that half for its size.
 */
async function settled(page: Page) {
  await page.mouse.move(0, 0)
  await page.evaluate(() => scrollTo(0, 0))
  await page.evaluate(async () => {
    const nextPicture = () => new Promise((resolve) => requestAnimationFrame(resolve))
    // an endless animation, like a loader, is not a change
    const changes = document
      .getAnimations()
      .filter(
        ({ effect, playState }) =>
          playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
      )
    // a cancelled change has ended as well
    await Promise.allSettled(changes.map(({ finished }) => finished))
    await nextPicture()
    await nextPicture()
  })
}
