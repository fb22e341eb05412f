import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

import { openDatabase } from '#platform/db/open-database.ts'
import { ALL_MIGRATIONS } from '#platform/db/test-migrations.ts'
import { reasonOf } from '#platform/env/start-failure.ts'
import { listen } from '#platform/http/listen.ts'

import { readEnv, readSecrets } from './env.ts'

/** The line a program would end with. */
async function lineOf(start: () => unknown): Promise<string> {
  try {
    await start()
  } catch (error) {
    return reasonOf(error)
  }
  return 'It started.'
}

const listenOn = (host: string, port: number) => () =>
  listen({ fetch: () => new Response(), host, port })

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'hookdesk-start-'))
const keepSecretIn = (DATA_DIR: string) => () => readSecrets(readEnv({ DATA_DIR }))

test('a port in use, an invalid HOST and an unknown HOST each end in one line', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  // a server that listens on a port has an address of this type
  const { port } = other.address() as AddressInfo
  expect(await lineOf(listenOn('127.0.0.1', port))).toBe(
    `Port ${port} is in use by another program. Set PORT, SANDBOX_PORT and SANDBOX_MAIL_PORT to free ones.`,
  )
  other.close()

  expect(await lineOf(listenOn('192.0.2.1', 4400))).toBe(
    '192.0.2.1 is not an address of this machine. Set HOST to one that is, e.g. 127.0.0.1.',
  )
  expect(await lineOf(listenOn('nowhere.invalid', 4400))).toMatch(
    /^HOST is a name that does not resolve \(E\w+\)\. .*$/,
  )
})

test('an impossible data folder ends in one line that names it', async () => {
  const file = path.join(newFolder(), 'file')
  writeFileSync(file, '')
  expect(await lineOf(keepSecretIn(file))).toBe(
    `${file} is a file, not a folder. Fix that, or set DATA_DIR to another folder.`,
  )
  const below = path.join(file, 'data')
  expect(await lineOf(keepSecretIn(below))).toBe(
    `${below} is a file, or lies below one. Fix that, or set DATA_DIR to another folder.`,
  )
})

test('a data folder without write access ends in one line', async () => {
  const folder = newFolder()
  chmodSync(folder, 0o555)
  const data = path.join(folder, 'data')
  expect(await lineOf(() => asNobody(keepSecretIn(data)))).toBe(
    `${data} cannot be written by this user. Fix that, or set DATA_DIR to another folder.`,
  )
})

/** Runs as another user, because an administrator may write anywhere. */
function asNobody(act: () => unknown) {
  if (process.geteuid?.() !== 0) return act()
  process.seteuid?.(65_534)
  try {
    return act()
  } finally {
    process.seteuid?.(0)
  }
}

test('a PostgreSQL that is away, or refuses, ends in one line without the password', async () => {
  const closing = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(closing, 'listening')
  // a server that listens on a port has an address of this type
  const { port } = closing.address() as AddressInfo
  const open = () =>
    openDatabase(
      { DATABASE_URL: `postgres://desk:canary@127.0.0.1:${port}/desk`, DATA_DIR: '' },
      ALL_MIGRATIONS,
    )
  const ended = await lineOf(open)
  expect(ended).toMatch(
    new RegExp(`^PostgreSQL at 127\\.0\\.0\\.1:${port} cannot be used: .* See DATABASE_URL\\.$`),
  )
  await new Promise((done) => closing.close(done))
  const refused = await lineOf(open)
  expect(refused).toContain('ECONNREFUSED')
  for (const line of [ended, refused]) {
    expect(line).not.toContain('canary')
    expect(line.split('\n')).toHaveLength(1)
  }
})
