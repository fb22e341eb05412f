/**
 * @import { Page } from '@playwright/test'
 * @import { Box } from './differences.mjs'
 */

/**
 * Texts that differ from run to run: times, how long something took, ports. No clock can hold them:
 * the desk, its sandbox and the watch write most of them, and the page follows the desk's clock.
 */
const CHANGING = [
  String.raw`[\d.,]+ ?(ms|s|min|h|d|seconds?|minutes?|hours?|days?|weeks?)\b( ago)?`,
  'just now',
  String.raw`\d{1,2}:\d{2}`,
  String.raw`\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*( \d{4})?`,
  String.raw`(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* \d{1,2}`,
  String.raw`\d{4}-\d{2}-\d{2}`,
  String.raw`(localhost|127\.0\.0\.1|desk\.test):\d+`,
].join('|')

/** Drawings along a line of time that ends now. */
const UP_TO_NOW = 'svg[preserveAspectRatio="none"]'

/**
 * Waits until the pictures of a page are loaded and it keeps its height and texts for a moment; not
 * for long, because some pages never rest. It is seen from its top, unless something is open over
 * it: then its place counts.
 *
 * @param {Page} page
 */
export const settled = (page) =>
  page.evaluate(async () => {
    const over = document.querySelectorAll(
      '[role=dialog], [role=menu], [role=listbox], [role=tooltip]',
    )
    if (![...over].some((element) => element.checkVisibility())) scrollTo(0, 0)
    // one that cannot be loaded is drawn as such
    await Promise.allSettled([...document.images].map((image) => image.decode()))
    const look = () => `${document.documentElement.scrollHeight} ${document.body.textContent}`
    let before = ''
    for (let tries = 0; tries < 10 && before !== look(); tries += 1) {
      before = look()
      await new Promise((done) => setTimeout(done, 150))
    }
  })

/**
 * The boxes of such texts in the whole page, with room for one that is a digit longer.
 *
 * @param {Page} page
 * @returns {Promise<Box[]>}
 */
export const changingIn = (page) =>
  page.evaluate(
    ([texts = '', drawings = '']) => {
      const pattern = new RegExp(texts, 'g')
      /** @type {{ x: number, y: number, width: number, height: number }[]} */
      const boxes = []
      const lengthOf = (/** @type {Node[]} */ nodes) =>
        nodes.reduce((sum, { nodeValue }) => sum + (nodeValue ?? '').length, 0)
      const add = (/** @type {DOMRect} */ { x, y, width, height }) => {
        if (width === 0 || height === 0) return
        boxes.push({
          x: x + scrollX - 10,
          y: y + scrollY - 1,
          width: width + 20,
          height: height + 2,
        })
      }
      // a sentence with a number in it is several texts
      const isText = (/** @type {Node} */ node) => node instanceof Text
      for (const element of document.body.querySelectorAll('*')) {
        const nodes = [...element.childNodes].filter(isText)
        const ends = nodes.map((_, index) => lengthOf(nodes.slice(0, index + 1)))
        const text = nodes.map(({ nodeValue }) => nodeValue ?? '').join('')
        for (const found of text.matchAll(pattern)) {
          const range = document.createRange()
          const [from, to] = [found.index, found.index + found[0].length]
          for (const [index, node] of nodes.entries()) {
            const end = ends[index] ?? 0
            const start = end - lengthOf([node])
            if (to <= start || from >= end) continue
            range.setStart(node, Math.max(0, from - start))
            range.setEnd(node, Math.min(to, end) - start)
            for (const box of range.getClientRects()) add(box)
          }
        }
      }
      for (const field of document.querySelectorAll('input, textarea')) {
        const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
        if (isField && field.value.search(pattern) >= 0) add(field.getBoundingClientRect())
      }
      for (const drawing of document.querySelectorAll(drawings))
        add(drawing.getBoundingClientRect())
      return boxes
    },
    [CHANGING, UP_TO_NOW],
  )
