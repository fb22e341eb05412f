import { expect, test } from 'vitest'

import { ADDRESS_FINDINGS } from '#contract/address/finding-codes.ts'

import { blockText } from './address-block-text.ts'
import { findingText } from './address-finding-texts.ts'

test.each([
  [
    { code: 'port-too-high', about: '99999' },
    /^Port 99999 does not exist\. The highest port is 65535\.$/,
  ],
  [{ code: 'port-unreadable', about: '80a' }, /^80a is not a port\.$/],
  [
    { code: 'look-alike-mixed', about: 'xn--pple-43d.com' },
    /mixes look-alike letters .* \(xn--pple-43d\.com\)/,
  ],
  [{ code: 'look-alike-foreign', about: 'xn--80ak6aa92e.com' }, /look Latin but are not \(xn--80/],
  [{ code: 'look-alike-sign', about: 'xn--a' }, /looks like a slash but is not \(xn--a\)/],
  [{ code: 'invisible', about: 'U+200B' }, /character: a zero-width space \(U\+200B\)\. Delete it/],
  [{ code: 'invisible', about: 'U+200D' }, /a zero-width joiner \(U\+200D\)/],
  [{ code: 'invisible', about: 'U+202E' }, /a mark for the direction of writing \(U\+202E\)/],
  [{ code: 'invisible', about: 'U+3164' }, /character: U\+3164\. Delete it/],
  [{ code: 'stray-end', about: 'quotation-mark' }, /^The URL ends with a quotation mark, probably/],
  [{ code: 'stray-end', about: 'bracket' }, /ends with a closing bracket/],
] as const)('%o reads as a sentence', (finding, text) => {
  expect(findingText(finding)).toMatch(text)
})

test('each finding has a text of its own', () => {
  const texts = Object.values(ADDRESS_FINDINGS)
    .flat()
    .map((code) => findingText({ code, about: 'U+200B' }))
  expect(new Set(texts).size).toBe(texts.length)
  for (const text of texts) expect(text).toMatch(/^[A-Z\d].*[.a-z/]$/)
})

test('the text explains why a URL cannot be saved', () => {
  const internet = { exceptions: [], allowPrivateTargets: false }
  expect(blockText('https://intranet/', internet)).toBe(
    'Nexudus cannot reach this URL over the internet.',
  )
  expect(blockText('https://receiver.example.com/in', internet)).toBeUndefined()
})
