import { expect, test } from 'vitest'

import { isKey } from './keys.ts'

const plain = { shiftKey: false }

test.each([
  ['as it is', { key: 'n', code: 'KeyN' }],
  ['with Caps Lock', { key: 'N', code: 'KeyN' }],
  ['on a Russian layout', { key: 'т', code: 'KeyN' }],
  ['on a Russian layout with Caps Lock', { key: 'Т', code: 'KeyN' }],
  ['on a Greek layout', { key: 'ν', code: 'KeyN' }],
  ['on a Hebrew layout', { key: 'מ', code: 'KeyN' }],
  ['where Dvorak has it', { key: 'n', code: 'KeyL' }],
])('the key n is pressed: %s', (_name, pressed) => {
  expect(isKey({ ...plain, ...pressed }, 'n')).toBe(true)
})

test.each([
  ['another letter', { key: 'm', code: 'KeyM' }],
  ['what Dvorak has at its place', { key: 'b', code: 'KeyN' }],
  ['a Latin letter with a tilde', { key: 'ñ', code: 'Semicolon' }],
  ['with Shift', { key: 'N', code: 'KeyN', shiftKey: true }],
  ['an arrow', { key: 'ArrowDown', code: 'ArrowDown' }],
])('the key n is not pressed: %s', (_name, pressed) => {
  expect(isKey({ ...plain, ...pressed }, 'n')).toBe(false)
})

test('a sign is recognised by the character it writes, wherever its key is', () => {
  expect(isKey({ key: '?', code: 'Digit7', shiftKey: true }, '?')).toBe(true)
  expect(isKey({ key: '.', code: 'Slash', shiftKey: false }, '/')).toBe(false)
})
