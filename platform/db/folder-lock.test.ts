import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'

import { FolderInUse, lockFolder } from './folder-lock.ts'
import { openTestDatabase } from './test-database.ts'

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'hookdesk-lock-'))

test('a data folder that another process has open is refused, and the error names that process', () => {
  const folder = newFolder()
  const unlock = lockFolder(folder)

  expect(() => lockFolder(folder)).toThrow(FolderInUse)
  expect(() => lockFolder(folder)).toThrow(String(process.pid))
  unlock()
  lockFolder(folder)()
})

test.each([
  ['a process that is gone', '4194303 1'],
  ['a process that got the same number later', `${process.pid} 1`],
  ['a torn write', ''],
])('the lock left behind by %s is taken over', (_what, left) => {
  const folder = newFolder()
  writeFileSync(path.join(folder, 'lock'), left)

  const unlock = lockFolder(folder)
  expect(readFileSync(path.join(folder, 'lock'), 'utf8')).toContain(String(process.pid))
  unlock()
})

test('the lock of a killed process is taken over, even while the process is still a zombie', async () => {
  const folder = newFolder()
  // its parent is a shell that never asks how its child ended
  const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'])
  const pid = Number(await new Promise((resolve) => shell.stdout.once('data', resolve)))
  // until the shell has become `sleep`, it would still reap its child
  await expect.poll(() => readFileSync(`/proc/${shell.pid}/comm`, 'utf8').trim()).toBe('sleep')
  process.kill(pid, 'SIGKILL')
  const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
  await expect.poll(() => stat()?.[0]).toBe('Z')

  writeFileSync(path.join(folder, 'lock'), `${pid} ${stat()?.[19]}`)
  lockFolder(folder)()
  shell.kill('SIGKILL')
})

test('a test database has the tables of the desk', async () => {
  const { db, close } = await openTestDatabase()
  const rows = await db.execute(sql`select count(*) as n from desk.sessions`)
  expect(rows).toBeDefined()
  await close()
})
