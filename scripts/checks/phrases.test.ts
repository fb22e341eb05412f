import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

/** Words this project no longer uses, and what it says instead; see docs/glossary.md. */
const NO_LONGER: readonly (readonly [RegExp, string])[] = [
  [/\bAlready so\b/, 'No change needed'],
  [/\bThrow away\b|\bthrown away\b/i, 'Discard'],
  [/\bWhat it comes to\b/i, 'Summary'],
  [/\bstands? in the way\b/i, 'name the problem, and who or what keeps whom from what'],
  [/\bYou may look but\b/i, 'View only'],
  [/\btakes the place of\b/i, 'replaces'],
  [/\btwins?\b/i, 'duplicate'],
  [/(?:\/\/|\*).*\bwhoever\b/i, 'name the actor'],
  [/\bweb ?hook endpoint\b/i, 'receiver, or the URL of a webhook'],
  [/\b(?:utilise|utilize)\b/i, 'use'],
  [/\bin order to\b/i, 'to'],
  [/\/\*\* (?:What|Of|Who|How) /, 'begin a doc comment with a verb or a noun'],
]

// the history of words, and the words that people type
const EXEMPT =
  /^(CHANGELOG|docs\/decisions\/|docs\/glossary|src\/pickers\/|scripts\/checks\/phrases|contract\/payloads|sandbox\/seed)|\.(sql|gz|json)$/

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'])
  .toString()
  .split('\n')
  .filter((file) => /\.(ts|tsx|md|mjs|html)$/.test(file) && !EXEMPT.test(file))

test.each(NO_LONGER)('no text says %s', (pattern, instead) => {
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  )
  expect(found, `say instead: ${instead}`).toEqual([])
})
