import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

import * as z from 'zod'

import { launchChromium } from '#tools/chromium.mjs'

/**
 * @import { Browser } from '@playwright/test'
 * @import { Box } from './differences.mjs'
 *
 * @typedef {object} Taken a picture of the last run
 * @property {string} file
 * @property {string} part
 * @property {Box[]} changing
 */

// everything is in the one folder that Git ignores; a run keeps the accepted ones
export const FOLDER = 'screens'
const ACCEPTED = path.join(FOLDER, 'accepted')
const MARKED = path.join(FOLDER, 'differences')
const TAKEN = path.join(FOLDER, 'taken.json')

/** A stray pixel is no change; a letter has more. */
const CHANGED_FROM = 24

const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
const takenSchema = z.object({
  isWhole: z.boolean(),
  pictures: z.array(z.object({ file: z.string(), part: z.string(), changing: z.array(boxSchema) })),
})

/** Removes the pictures of the last run, but for the accepted ones. */
export function clearPictures() {
  mkdirSync(ACCEPTED, { recursive: true })
  for (const name of readdirSync(FOLDER)) {
    if (name !== path.basename(ACCEPTED)) rmSync(path.join(FOLDER, name), { recursive: true })
  }
}

/**
 * Notes what the run has taken, for `accept` and `compare`.
 *
 * @param {Taken[]} pictures
 * @param {boolean} isWhole true if it took every part
 */
export const noteTaken = (pictures, isWhole) =>
  writeFileSync(TAKEN, JSON.stringify({ isWhole, pictures }))

/** @param {readonly string[]} parts all, if none is named */
function readTaken(parts) {
  if (!existsSync(TAKEN)) throw new Error('There are no pictures yet: run `npm run screens` first.')
  const { isWhole, pictures } = takenSchema.parse(JSON.parse(readFileSync(TAKEN, 'utf8')))
  const wanted = pictures.filter(({ part }) => parts.length === 0 || parts.includes(part))
  return { isWhole: isWhole && parts.length === 0, wanted }
}

/**
 * Keeps the pictures of the last run as those to compare with.
 *
 * @param {readonly string[]} parts
 */
export function accept(parts) {
  const { isWhole, wanted } = readTaken(parts)
  // states that no longer exist have no picture any more
  if (isWhole) rmSync(ACCEPTED, { recursive: true, force: true })
  mkdirSync(ACCEPTED, { recursive: true })
  for (const { file } of wanted) copyFileSync(path.join(FOLDER, file), path.join(ACCEPTED, file))
  console.log(`${wanted.length} pictures accepted.`)
}

/**
 * Lists the pictures that differ from the accepted ones, worst first, and marks where.
 *
 * @param {readonly string[]} parts
 */
export async function compare(parts) {
  const { wanted } = readTaken(parts)
  const known = wanted.filter(({ file }) => existsSync(path.join(ACCEPTED, file)))
  if (known.length === 0) {
    console.log('Nothing to compare with: `npm run screens -- accept` keeps these pictures.')
    return
  }
  rmSync(MARKED, { recursive: true, force: true })
  mkdirSync(MARKED)
  const browser = await launchChromium()
  try {
    const found = await differing(browser, known)
    for (const { file, share, changed } of found) {
      const marked = path.join(MARKED, file)
      console.log(`${(share * 100).toFixed(2)} % (${changed} pixels) differs: ${marked}`)
    }
    const added = wanted.length - known.length
    console.log(
      `${found.length} of ${known.length} pictures differ from the accepted ones` +
        (added > 0 ? `, and ${added} are new.` : '.'),
    )
  } finally {
    await browser.close()
  }
}

const ORIGIN = 'http://pictures.test'
const FILES = /** @type {const} */ ({
  '/accepted/': ACCEPTED,
  '/present/': FOLDER,
  '/scripts/': path.dirname(new URL(import.meta.url).pathname),
})

/**
 * Compares in a browser, which can read the pictures.
 *
 * @param {Browser} browser
 * @param {Taken[]} pictures
 */
async function differing(browser, pictures) {
  const page = await browser.newPage()
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const [start, folder] =
      Object.entries(FILES).find(([start]) => pathname.startsWith(start)) ?? []
    if (!start || !folder) return route.fulfill({ contentType: 'text/html', body: '' })
    return route.fulfill({ path: path.join(folder, pathname.slice(start.length)) })
  })
  await page.goto(`${ORIGIN}/`)
  const found = []
  for (const { file, changing } of pictures) {
    const { changed, share, picture } = await page.evaluate(compareInPage, { file, changing })
    if (changed < CHANGED_FROM) continue
    writeFileSync(path.join(MARKED, file), Buffer.from(picture, 'base64'))
    found.push({ file, changed, share })
  }
  return found.toSorted((one, other) => other.share - one.share)
}

/**
 * Runs in the page, and sees nothing of this module.
 *
 * @param {{ file: string, changing: Box[] }} picture
 */
async function compareInPage({ file, changing }) {
  const script = '/scripts/differences.mjs'
  /** @type {typeof import('./differences.mjs')} */
  const { differencesOf } = await import(script)
  const read = async (/** @type {string} */ address) => {
    const bitmap = await createImageBitmap(await (await fetch(address)).blob())
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height)
    if (!pixels) throw new Error(`${address} cannot be drawn`)
    return pixels
  }
  const found = differencesOf(
    await read(`/accepted/${file}`),
    await read(`/present/${file}`),
    changing,
  )
  const canvas = document.createElement('canvas')
  canvas.width = found.width
  canvas.height = found.height
  canvas
    .getContext('2d')
    ?.putImageData(new ImageData(found.marked, found.width, found.height), 0, 0)
  const picture = canvas.toDataURL('image/png').split(',')[1] ?? ''
  return { changed: found.changed, share: found.share, picture: found.changed > 0 ? picture : '' }
}
