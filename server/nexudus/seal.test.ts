import { expect, test } from 'vitest'

import { createSeal } from './seal.ts'

test('a sealed text opens again, even with accents and emoji', () => {
  const { seal, open } = createSeal(['one'])
  expect(open(seal('José 😀', 'row 1'), 'row 1')).toBe('José 😀')
})

test('a sealed row does not open under another id', () => {
  const { seal, open } = createSeal(['one'])
  expect(() => open(seal('token', 'row 1'), 'row 2')).toThrow()
})

test('one changed character is noticed', () => {
  const { seal, open } = createSeal(['one'])
  const sealed = seal('token', 'row 1')
  const at = sealed.length - 3
  const flipped = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
  expect(() => open(flipped, 'row 1')).toThrow()
})

test('an old secret still opens, and the new one seals', () => {
  const old = createSeal(['old']).seal('token', 'row')
  const both = createSeal(['new', 'old'])
  expect(both.open(old, 'row')).toBe('token')
  expect(() => createSeal(['old']).open(both.seal('token', 'row'), 'row')).toThrow()
})
