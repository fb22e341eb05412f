import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from 'vitest'

import { makePrivate } from './private-folder.ts'

/** Every path in a folder that other users may read or write. */
function openToOthers(folder: string): string[] {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
  return names.filter((name) => (statSync(path.join(folder, name)).mode & 0o077) !== 0)
}

test('a data folder that others could read is closed to them, with its present and future content', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-private-'))
  mkdirSync(path.join(folder, 'pgdata/base'), { recursive: true })
  const file = path.join(folder, 'pgdata/base/1')
  writeFileSync(file, '')
  for (const name of ['', 'pgdata', 'pgdata/base']) chmodSync(path.join(folder, name), 0o755)
  chmodSync(file, 0o666)
  expect(openToOthers(folder)).toHaveLength(4)

  makePrivate(folder)
  writeFileSync(path.join(folder, 'later'), '')
  expect(openToOthers(folder)).toEqual([])
  // the owner's rights stay as they were
  expect(statSync(file).mode & 0o777).toBe(0o600)
  rmSync(folder, { recursive: true, force: true })
})

test('the target of a link in the data folder keeps its rights', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-private-'))
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'hookdesk-elsewhere-'))
  chmodSync(elsewhere, 0o755)
  symlinkSync(elsewhere, path.join(folder, 'link'))
  makePrivate(folder)
  expect(statSync(elsewhere).mode & 0o777).toBe(0o755)
})
