import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

const ROOTS = 'bench|contract|docs|e2e|platform|sandbox|scripts|server|src|tools'

// matches files anywhere and folders in code; excludes patterns and placeholders
const FILE = new RegExp(`(?<![\\w./-])(?:${ROOTS})/[\\w./-]+\\.(?:md|mjs|tsx?)(?![\\w*{<])`, 'g')
const FOLDER = new RegExp(`(?<=\`)(?:${ROOTS})(?:/[\\w-]+)+(?=/?\`)`, 'g')
const LINK = /\]\((?!https?:)([^)#]+)/g

/** Finds the files, folders and links that a document names, from the root of the repository. */
function namedIn(document: string, text: string): string[] {
  const folder = path.dirname(document)
  const links = [...text.matchAll(LINK)].map(([, target = '']) => path.join(folder, target))
  return [...(text.match(FILE) ?? []), ...(text.match(FOLDER) ?? []), ...links]
}

const documents = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'])
  .toString()
  .trim()
  .split('\n')

test.each(documents)('every file, folder and link that %s names exists', (document) => {
  const named = namedIn(document, readFileSync(document, 'utf8'))
  expect(named.filter((one) => !existsSync(one))).toEqual([])
})

test('files, folders and links are found; patterns, examples and addresses are not', () => {
  const text =
    'server/a.ts `src/b` [c](d.md#e) `server/*/t.ts` `server/<room>/t.ts` /src/f.ts `src/{g}.ts` [h](https://i.example/j.md)'
  expect(namedIn('docs/k.md', text)).toEqual(['server/a.ts', 'src/b', 'docs/d.md'])
})
