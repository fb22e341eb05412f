import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

const FOLDER = 'docs/decisions'
const INDEX = 'README.md'

type Page = { file: string; text: string }
type Index = { rows: string[]; links: string[] }

/** The index that these pages require: a row and a link for each. */
function indexOf(pages: Page[]): Index {
  const read = pages.map(({ file, text }) => {
    const [title = '', , dated = ''] = text.split('\n')
    const [, number = '', name = ''] = /^# (\d{4}) (.+)$/.exec(title) ?? []
    const [, status = ''] = /^\d{4}-\d{2}-\d{2} · (.+)$/.exec(dated) ?? []
    return { row: `${number} | ${name} | ${status}`, link: `${number} ${file}` }
  })
  return { rows: read.map(({ row }) => row), links: read.map(({ link }) => link) }
}

/** The index as it is written. */
function readIndex(text: string): Index {
  const rows = [...text.matchAll(/^\| \[(\d{4})\] +\| (.+?) +\| (.+?) +\|$/gm)]
  const links = [...text.matchAll(/^\[(\d{4})\]: (.+)$/gm)]
  return {
    rows: rows.map(([, number, title, status]) => `${number} | ${title} | ${status}`),
    links: links.map(([, number, file]) => `${number} ${file}`),
  }
}

/** Numbers that more than one file name begins with. */
const twice = (files: string[]) =>
  files.map((file) => file.slice(0, 4)).filter((number, at, all) => all.indexOf(number) < at)

const files = readdirSync(FOLDER)
  .filter((file) => file !== INDEX)
  .toSorted()
const pages = files.map((file) => ({ file, text: readFileSync(`${FOLDER}/${file}`, 'utf8') }))

test('every decision has its number, title and status in the index', () => {
  expect(pages.length).toBeGreaterThan(30)
  expect(readIndex(readFileSync(`${FOLDER}/${INDEX}`, 'utf8'))).toEqual(indexOf(pages))
})

test('every decision has a number of its own, in its file name and in its title', () => {
  expect(twice(files)).toEqual([])
  for (const link of indexOf(pages).links) expect(link).toMatch(/^(\d{4}) \1-/)
})

test('a decision missing in the index, and a number used twice, are found', () => {
  const page = { file: '0001-one.md', text: '# 0001 One\n\n2026-11-23 · accepted\n' }
  const other = { file: '0001-other.md', text: '# 0001 Other\n\n2026-11-24 · accepted\n' }
  const index = '| [0001] | One   | accepted |\n\n[0001]: 0001-one.md\n'
  expect(readIndex(index)).toEqual(indexOf([page]))
  expect(readIndex(index)).not.toEqual(indexOf([page, other]))
  expect(twice([page.file, other.file])).toEqual(['0001'])
})
