import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import type { TestProject } from 'vitest/node'

import { dumpTemplate } from './database.ts'

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Vitest's global set-up: the template for PGlite, or a PostgreSQL server that lives as long as the run. */
export default async function setup(project: TestProject) {
  if (project.name.endsWith('postgresql')) {
    const { url, stop } = process.env.TEST_DATABASE_URL
      ? { url: process.env.TEST_DATABASE_URL, stop: () => {} }
      : await startPostgres()
    project.provide('engine', 'postgresql')
    project.provide('postgresUrl', url)
    project.provide('templateFile', '')
    return stop
  }
  project.provide('engine', 'pglite')
  project.provide('postgresUrl', '')
  project.provide('templateFile', await cachedTemplate())
  return undefined
}

/** Where PostgreSQL's own programs are; Debian keeps them off the PATH. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const folders = existsSync(debian)
    ? readdirSync(debian)
        .toSorted((a, b) => Number(b) - Number(a))
        .map((version) => path.join(debian, version, 'bin'))
    : []
  return [...folders, ...(process.env.PATH ?? '').split(path.delimiter)].find(
    (folder) => existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'pg_ctl')),
  )
}

async function startPostgres() {
  const bin = findPostgres()
  if (!bin) throw new Error('PostgreSQL is not installed; set TEST_DATABASE_URL to use a server')

  const folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-postgres-'))
  const port = await freePort()
  // PostgreSQL refuses to run as root; Debian's package brings a user for it
  const asRoot = process.getuid?.() === 0
  if (asRoot) execFileSync('chown', ['postgres', folder])
  const run = (program: string, args: string[]) =>
    asRoot
      ? execFileSync('runuser', ['-u', 'postgres', '--', path.join(bin, program), ...args], {
          stdio: 'ignore',
        })
      : execFileSync(path.join(bin, program), args, { stdio: 'ignore' })

  const data = path.join(folder, 'data')
  run('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--locale=C',
    '--encoding=UTF8',
    '-N',
  ])
  // durability is not what these tests are about, and a connection per test file is
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200`
  run('pg_ctl', ['-D', data, '-w', '-o', options, '-l', path.join(folder, 'log'), 'start'])

  const stop = () => {
    spawnSync(asRoot ? 'runuser' : path.join(bin, 'pg_ctl'), [
      ...(asRoot ? ['-u', 'postgres', '--', path.join(bin, 'pg_ctl')] : []),
      ...['-D', data, '-m', 'immediate', 'stop'],
    ])
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** The template takes seconds to make, so it is kept until the migrations change. */
async function cachedTemplate(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of readdirSync(migrationsFolder, {
    recursive: true,
    encoding: 'utf8',
  }).toSorted()) {
    if (name.endsWith('.sql')) hash.update(readFileSync(path.join(migrationsFolder, name)))
  }
  const folder = path.resolve('node_modules/.cache/hookdesk')
  const file = path.join(folder, `template-${hash.digest('hex').slice(0, 16)}.tar.gz`)
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, await dumpTemplate())
  }
  return file
}
