import { expect, test } from 'vitest'

import { differencesOf } from './differences.mjs'

const WHITE = [255, 255, 255, 255]
const ALMOST_WHITE = [240, 255, 235, 255]
const BLACK = [0, 0, 0, 255]

/** A picture of one letter for each pixel: `.` white, `,` almost white, `#` black. */
function picture(...lines: string[]) {
  const colours: Record<string, number[]> = { '.': WHITE, ',': ALMOST_WHITE, '#': BLACK }
  return {
    width: lines[0]?.length ?? 0,
    height: lines.length,
    data: lines.flatMap((line) => line.split('').flatMap((letter) => colours[letter] ?? [])),
  }
}

test('the same picture does not differ', () => {
  const { changed, share } = differencesOf(picture('.#', '#.'), picture('.#', '#.'))
  expect({ changed, share }).toEqual({ changed: 0, share: 0 })
})

test('a pixel of another colour differs, and is marked in red', () => {
  const found = differencesOf(picture('..', '..'), picture('..', '.#'))
  expect(found.changed).toBe(1)
  expect(found.share).toBe(0.25)
  const [red = 0, green = 0] = found.marked.slice(12)
  expect(red).toBeGreaterThan(200)
  expect(green).toBe(0)
})

test('a slightly different tone is how letters are drawn', () => {
  expect(differencesOf(picture('....'), picture('.,,.')).changed).toBe(0)
})

test('what one picture has and the other lacks differs', () => {
  const longer = differencesOf(picture('..'), picture('..', '..'))
  expect(longer).toMatchObject({ changed: 2, width: 2, height: 2 })
  const narrower = differencesOf(picture('...'), picture('..'))
  expect(narrower).toMatchObject({ changed: 1, width: 3, height: 1 })
})

test('what changes by itself is left out, also where its box ends outside', () => {
  const before = picture('...', '...')
  const now = picture('.##', '..#')
  const box = { x: 0.6, y: 0, width: 9, height: 1 }
  expect(differencesOf(before, now, [box]).changed).toBe(1)
  expect(differencesOf(before, now, [{ ...box, y: -5, height: 50 }]).changed).toBe(0)
  expect(differencesOf(before, now, [{ x: 7, y: 7, width: 1, height: 1 }]).changed).toBe(3)
})
