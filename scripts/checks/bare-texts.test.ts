import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { findBareTexts, fleetingIn } from './bare-texts.ts'

const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src/*.tsx'])
  .toString()
  .trim()
  .split('\n')
  .map((name) => ({ name, source: readFileSync(name, 'utf8') }))

test('no text on any screen breaks React after the browser has translated the page', () => {
  const fleeting = new Set(sources.flatMap(({ source }) => fleetingIn(source)))
  const found = sources.flatMap(({ name, source }) =>
    findBareTexts(name, source, fleeting).map(
      ({ line, text, why }) => `${name}:${line} ${text}: ${why}`,
    ),
  )
  expect(found).toEqual([])
  expect(sources.length).toBeGreaterThan(100)
})

const inComponent = (jsx: string) => `
  import { Icon } from 'somewhere'
  import { Card } from './card.tsx'
  export function Part({ is, Look }) { return ${jsx} }`
const textsIn = (jsx: string) => findBareTexts('part.tsx', inComponent(jsx)).map(({ text }) => text)

test.each([
  ['<p>{is && "a"} b</p>', ['{is && "a"}', 'b']],
  ['<p>{is && <b>a</b>} b</p>', ['b']],
  ['<p>a {is ? "b" : <b>c</b>}</p>', ['{is ? "b" : <b>c</b>}']],
  ['<p>{is ? "a" : ""}<i /></p>', ['{is ? "a" : ""}']],
  ['<p><Look /> a</p>', ['a']],
  ['<p>{is.map((one) => <b>{one}</b>)} a</p>', ['a']],
  ['<p>{is ? <b>a</b> : <i>b</i>}{is.name}</p>', ['{is.name}']],
  ['<>a</>', ['a']],
  ['<p>{is && <>a <b>b</b></>}</p>', ['a']],
  ['<Card>{is && "a"}</Card>', ['{is && "a"}']],
])('%s is found', (jsx, texts) => {
  expect(textsIn(jsx)).toEqual(texts)
})

test.each([
  '<p>{is && <span>a</span>}<span> b</span></p>',
  '<p>{is && "a"}</p>',
  '<p>{is ? "a" : "b"} c {is.name}</p>',
  '<p><Icon /> a</p>',
  '<p>a <b>b</b> c</p>',
  '<p>a {is && <b>c</b>}</p>',
])('%s is allowed', (jsx) => {
  expect(textsIn(jsx)).toEqual([])
})
