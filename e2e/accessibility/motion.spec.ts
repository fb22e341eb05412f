import type { Page } from '@playwright/test'
import * as z from 'zod'

import { expect, testWith } from '#e2e/support/fixtures.ts'
import { NO_LIMITS } from '#tools/product.mjs'

declare global {
  var motionsSeen: { name: string; ms: number }[]
}

const test = testWith({ ...NO_LIMITS, WATCH: '1' })

/** Longer motion makes people wait for it. */
const LONGEST_MS = 200

const attentionSchema = z.looseObject({
  incidents: z.array(z.looseObject({ closedAt: z.string().nullable() })),
})

/** Records the motion of every frame. What waits, like a loader, moves as long as the wait. */
const watchMotion = (page: Page) =>
  page.addInitScript(() => {
    globalThis.motionsSeen = []
    const nameOf = (animation: Animation) => {
      if (animation instanceof CSSAnimation) return animation.animationName
      if (!(animation instanceof CSSTransition)) return animation.constructor.name
      const { effect, transitionProperty } = animation
      const target = effect instanceof KeyframeEffect ? effect.target : null
      const state = target instanceof HTMLElement ? target.dataset.state : undefined
      return `${transitionProperty} of ${state}`
    }
    const look = () => {
      for (const animation of document.getAnimations()) {
        const ms = Number(animation.effect?.getComputedTiming().endTime)
        if (ms !== Infinity) globalThis.motionsSeen.push({ name: nameOf(animation), ms })
      }
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })

const motionsOf = (page: Page) =>
  page.evaluate(() => {
    const seen = globalThis.motionsSeen
    globalThis.motionsSeen = []
    return {
      names: [...new Set(seen.map(({ name }) => name))].join(' '),
      longest: Math.max(0, ...seen.map(({ ms }) => ms)),
    }
  })

/** The page asks again, and the worst incident is over. */
async function endWorst(page: Page) {
  const cards = page.getByRole('article')
  await expect(cards.nth(1)).toBeVisible()
  const before = await cards.count()
  const title = await cards.first().getByRole('heading').textContent()
  await page.route('**/desk/attention', async (route) => {
    const answer = await route.fetch()
    const { incidents, ...rest } = attentionSchema.parse(await answer.json())
    const over = { closedAt: new Date().toISOString(), outcome: 'working' }
    const worst = incidents.find(({ members }) =>
      JSON.stringify(members).includes(String(title).match(/“(.+)”/)?.[1] ?? ''),
    )
    await route.fulfill({
      json: {
        ...rest,
        incidents: incidents.map((one) => (one === worst ? { ...one, ...over } : one)),
      },
    })
  })
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
  await expect(cards).toHaveCount(before - 1)
}

/** The row that works now, whatever becomes of it. */
async function firstWorking(page: Page) {
  const working = page.getByRole('row').filter({ hasText: 'Working' }).first()
  const id = await working.getAttribute('data-id')
  return page.locator(`tr[data-id="${id}"]`)
}

test('on the start page and the list motion is short, and says what happened', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('admin')
  await watchMotion(page)
  await page.goto('/')
  await endWorst(page)
  const ofCards = await motionsOf(page)
  expect(ofCards.names).toMatch(/leave/)
  expect(ofCards.longest).toBeLessThanOrEqual(LONGEST_MS)

  await webhooksPage.open('?sort=name')
  const row = await firstWorking(page)
  await row.getByRole('switch').click()
  await expect(row).toContainText('Paused')
  const ofRows = await motionsOf(page)
  expect(ofRows.names).toMatch(/background-color of paused/)
  expect(ofRows.longest).toBeLessThanOrEqual(LONGEST_MS)

  await row.getByRole('rowheader').getByRole('link').click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeVisible()
  const ofPanel = await motionsOf(page)
  expect(ofPanel.names).toMatch(/open/)
  expect(ofPanel.longest).toBeLessThanOrEqual(LONGEST_MS)
})

test('nothing moves for a person who wants less motion', async ({ page, signIn, webhooksPage }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn('admin')
  await watchMotion(page)
  const moving = () => page.evaluate(() => document.getAnimations().length)
  await page.goto('/')
  await endWorst(page)
  expect(await moving()).toBe(0)

  await webhooksPage.open('?sort=name')
  const row = await firstWorking(page)
  await row.getByRole('switch').click()
  await expect(row).toContainText('Paused')
  expect(await moving()).toBe(0)
  await row.getByRole('rowheader').getByRole('link').click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeVisible()
  expect(await moving()).toBe(0)
  expect(await motionsOf(page)).toEqual({ names: '', longest: 0 })
})
