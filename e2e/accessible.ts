import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export const LOOKS = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  // contrast is seen wide in both schemes; what is narrow is laid out alike in either
  { width: 320, colorScheme: 'dark' },
] as const

type Look = { width: number; colorScheme: 'light' | 'dark' }

/** Nothing that axe finds fault with, in both colour schemes, wide and narrow. */
export async function expectAccessible(page: Page, looks: readonly Look[] = LOOKS) {
  for (const { width, colorScheme } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    // the page has no frames, and without them axe need not open a page of its own
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(TAGS)
      .analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    )
    expect(found, `${width} px, ${colorScheme}`).toEqual([])
  }
}
