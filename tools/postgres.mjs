import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { freePort } from './ports.mjs'

/** Finds the folder of PostgreSQL's own programs; Debian keeps them off the PATH. */
export function findPostgres() {
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

/**
 * Starts a PostgreSQL server on a free port with an empty folder. `isDurable` makes it flush every
 * commit to the disk, as a deployment does.
 *
 * @param {{ isDurable: boolean }} options
 */
export async function startPostgres({ isDurable }) {
  const bin = findPostgres()
  if (!bin) throw new Error('PostgreSQL is not installed; set TEST_DATABASE_URL to use a server')

  const folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-postgres-'))
  const port = await freePort()
  // PostgreSQL refuses to run as root; Debian's package brings a user for it
  const asRoot = process.getuid?.() === 0
  if (asRoot) execFileSync('chown', ['postgres', folder])
  const run = (/** @type {string} */ program, /** @type {string[]} */ args) =>
    asRoot
      ? execFileSync('runuser', ['-u', 'postgres', '--', path.join(bin, program), ...args], {
          stdio: 'ignore',
        })
      : execFileSync(path.join(bin, program), args, { stdio: 'ignore' })

  const data = path.join(folder, 'data')
  const encoding = ['--auth=trust', '--locale=C', '--encoding=UTF8']
  run('initdb', ['-D', data, '-U', 'postgres', ...encoding, '-N'])
  const options = [
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`,
    // one connection per test file
    `-c max_connections=200 -c fsync=${isDurable ? 'on' : 'off'}`,
  ].join(' ')
  run('pg_ctl', ['-D', data, '-w', '-o', options, '-l', path.join(folder, 'log'), 'start'])

  const stop = () => {
    spawnSync(asRoot ? 'runuser' : path.join(bin, 'pg_ctl'), [
      ...(asRoot ? ['-u', 'postgres', '--', path.join(bin, 'pg_ctl')] : []),
      '-D',
      data,
      '-m',
      'immediate',
      'stop',
    ])
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop }
}
