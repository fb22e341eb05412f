import { sleep } from './browser.mjs'
import { join, measure, read, untilChanged, untilOneOf } from './inp-probe.mjs'

/**
 * @import { Locator, Page } from '@playwright/test'
 * @import { Reader, Shown } from './inp-probe.mjs'
 */

// the pace of a quick typist; work that one key puts off meets the next key
const BETWEEN_KEYS_MS = 110
// long enough for everything that a press sets off later
const SETTLE_MS = 350
const LEARN_MS = 250
const GIVE_UP_MS = 10_000
const TURNS = 32
const SWITCHED_ROWS = 16
const OPENINGS = 30
const CARDS = 15
const ROUNDS = 2

/** @type {Map<string, Shown[]>} */
const learned = new Map()

/**
 * Types words into the search of the list.
 *
 * @param {Page} page
 */
export async function searchKeys(page) {
  const words = ['invoice', 'berlin', 'northlight dublin', 'crm.example']
  const field = page.getByRole('searchbox', { name: 'Search webhooks' })
  return typeWords(page, { field, words, reader: 'total' })
}

/**
 * Types words into the picker of an action.
 *
 * @param {Page} page
 */
export async function pickerKeys(page) {
  await page.getByRole('link', { name: 'New webhook' }).click()
  const words = ['parcel', 'invoice paid', 'booking', 'visitor', 'check-in']
  const field = page.getByRole('combobox', { name: 'Action' })
  const result = await typeWords(page, { field, words, reader: 'options' })
  await closePanel(page)
  return result
}

/**
 * @param {Page} page
 * @param {{ field: Locator, words: string[], reader: Reader }} options
 */
async function typeWords(page, { field, words, reader }) {
  await field.click()
  const parts = []
  for (const word of words) {
    const expected = await learn(page, { word, reader })
    for (let round = 0; round < ROUNDS; round += 1) {
      await field.fill('')
      await sleep(SETTLE_MS)
      const type = (/** @type {number} */ at) => typeKey(page, { word, at, expected, reader })
      parts.push(await measure(page, word.length, type))
    }
    await field.fill('')
    await sleep(SETTLE_MS)
  }
  return join(parts)
}

/**
 * Learns the result of each letter in a slow round that is not measured; once for each word.
 *
 * @param {Page} page
 * @param {{ word: string, reader: Reader }} typed
 */
async function learn(page, { word, reader }) {
  const known = learned.get(word)
  if (known) return known
  const seen = [await read(page, reader)]
  for (const letter of word) {
    await page.keyboard.press(letter)
    await sleep(LEARN_MS)
    seen.push(await read(page, reader))
  }
  learned.set(word, seen)
  return seen
}

/**
 * The result of a key is there when its own result is shown, or that of a later key.
 *
 * @param {Page} page
 * @param {{ word: string, at: number, expected: Shown[], reader: Reader }} typed
 */
async function typeKey(page, { word, at, expected, reader }) {
  const before = expected[at]
  const wanted = expected.slice(at + 1).filter((text) => text !== before)
  const shown = wanted[0] === expected[at + 1] ? untilOneOf(page, reader, wanted) : undefined
  await page.keyboard.press(word.charAt(at))
  await sleep(BETWEEN_KEYS_MS)
  // in an object, because the next key does not wait for it
  return { shown }
}

/**
 * Turns from page to page.
 *
 * @param {Page} page
 */
export function pageTurns(page) {
  const next = page.getByRole('button', { name: 'Next page' })
  return measure(page, TURNS, () => press(page, next, 'firstRow'))
}

/**
 * Pauses and resumes webhooks in working order; the health in the row is what changes.
 *
 * @param {Page} page
 */
export async function switches(page) {
  const rows = page.locator('tr[data-id]', { hasText: 'Working' })
  const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-id') ?? ''))
  return measure(page, 2 * SWITCHED_ROWS, (index) => {
    const id = ids[Math.floor(index / 2)]
    return press(page, page.locator(`tr[data-id="${id}"]`).getByRole('switch'), 'health', id)
  })
}

/**
 * Opens the form of a new webhook.
 *
 * @param {Page} page
 */
export function newForms(page) {
  const open = page.getByRole('link', { name: 'New webhook' })
  return openings(page, () => open)
}

/**
 * Opens the form of one webhook after another.
 *
 * @param {Page} page
 */
export function editForms(page) {
  const links = page.getByRole('table', { name: 'Webhooks' }).getByRole('rowheader')
  return openings(page, (index) => links.nth(index).getByRole('link'))
}

/**
 * Shows and hides the webhooks of a card of the start page, one card after the other.
 *
 * @param {Page} page
 */
export async function cardMembers(page) {
  const summaries = page.locator('main summary').filter({ hasText: /^Show \d/ })
  const cards = Math.min(await summaries.count(), CARDS)
  return measure(page, 2 * cards, (index) =>
    press(page, summaries.nth(Math.floor(index / 2)), 'opened'),
  )
}

/**
 * @param {Page} page
 * @param {(index: number) => Locator} target
 */
async function openings(page, target) {
  const parts = []
  for (let index = 0; index < OPENINGS; index += 1) {
    // one by one, because closing the form again is not measured
    parts.push(await measure(page, 1, () => press(page, target(index), 'form')))
    await closePanel(page)
  }
  return join(parts)
}

/**
 * @param {Page} page
 * @param {Locator} target
 * @param {Reader} reader
 * @param {string} [about]
 */
async function press(page, target, reader, about) {
  const shown = untilChanged(page, reader, about)
  await target.click()
  const ms = await Promise.race([shown, sleep(GIVE_UP_MS)])
  if (ms === undefined) throw new Error(`A press changed nothing in: ${reader}`)
  await sleep(SETTLE_MS)
  return { shown }
}

/** @param {Page} page */
async function closePanel(page) {
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.locator('main form').waitFor({ state: 'detached' })
  await sleep(SETTLE_MS)
}
