import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { circleAmong, filesOfRooms, ROOMS, roomsIn } from '#scripts/rooms.mjs'

test('the linter’s rules and the floor plan match the table of rooms', async () => {
  const files = await filesOfRooms()
  expect(files).toHaveLength(2)
  // if not: node scripts/rooms.mjs
  for (const { file, text } of files) expect(readFileSync(file, 'utf8'), file).toBe(text)
})

test('no rooms import each other in a circle, and every room in the table exists', () => {
  expect(circleAmong(ROOMS)).toEqual([])
  for (const [name, { imports }] of Object.entries(ROOMS)) {
    expect(existsSync(name), name).toBe(true)
    for (const other of imports) {
      expect(roomsIn(ROOMS, other), `${name} imports ${other}`).not.toEqual([])
    }
  }
})

const BUILDINGS = [
  'contract',
  'platform',
  'sandbox',
  'server',
  'src',
  'src/features',
  'src/ui',
  'scripts',
]

test('every folder of the product is in the table', () => {
  const folders = BUILDINGS.flatMap((building) =>
    readdirSync(building, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${building}/${name}`),
  )
  const known = new Set([...Object.keys(ROOMS), ...BUILDINGS, 'src/app', 'server/testing'])
  expect(folders.filter((folder) => !known.has(folder))).toEqual([])
})

const NO_CODE = ['docs', 'public']

test('every top-level folder with code, or its rooms, is in the table', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*/*']).toString()
  const folders = new Set(files.split('\n').flatMap((file) => /^\w+(?=\/)/.exec(file) ?? []))
  expect(folders.size).toBeGreaterThan(9)
  const unknown = [...folders].filter((folder) => roomsIn(ROOMS, folder).length === 0)
  expect(unknown.toSorted()).toEqual(NO_CODE)
})

test('a circle among rooms is found', () => {
  const circle = { a: { imports: ['b'] }, b: { imports: ['c'] }, c: { imports: ['b'] } }
  expect(circleAmong(circle)).toEqual(['b', 'c', 'b'])
})

const MOST_FILES = 25
const OUTSIDE = ['bench', 'e2e', 'scripts', 'tools']

test('no folder outside the product holds too many files to survey', () => {
  const folders = OUTSIDE.flatMap((root) => [
    root,
    ...readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => `${parentPath}/${name}`),
  ])
  const filesIn = (folder: string) =>
    readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  expect(folders.filter((folder) => filesIn(folder).length > MOST_FILES)).toEqual([])
})
