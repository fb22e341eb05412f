import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

import { BadEnv } from '#platform/env/read-env.ts'

import { logLevelOf, readEnv, readSecrets } from './env.ts'

const SECRET = 'a'.repeat(32)
const PG = 'postgres://desk@localhost/desk'

/** The lines of errors; empty for valid settings. */
function linesOf(source: Record<string, string>): string[] {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (!(error instanceof BadEnv)) throw error
    return error.message.split('\n')
  }
}

test('without any setting the desk runs with its sandbox on this machine only', () => {
  expect(readEnv({})).toEqual({
    PORT: 4400,
    HOST: '127.0.0.1',
    SANDBOX_PORT: 4401,
    SANDBOX_MAIL_PORT: 4402,
    SANDBOX_SEED: 'small',
    DATA_DIR: './.hookdesk',
    ALLOW_PRIVATE_TARGETS: false,
    OUTBOUND_HTTP: false,
    OUTBOUND_PORTS: [],
    OUTBOUND_EXCEPTIONS: [],
    NEXUDUS_WRITES_PER_MINUTE: 60,
    NEXUDUS_CALLS_PER_MINUTE: 120,
    KEEP_ALIVE_SECONDS: 130,
    TRUST_PROXY: false,
    SESSION_IDLE_MINUTES: 30,
    SESSION_HOURS: 8,
    WATCH: 'here',
    WATCH_SECONDS: 60,
  })
})

test('an empty setting counts as unset, and unknown variables are ignored', () => {
  const empty = { PORT: ' ', NEXUDUS_URL: '', SECRET: '', DATABASE_URL: '', TRUST_PROXY: '' }
  expect(readEnv({ ...empty, PATH: '/bin', npm_config_x: 'y' })).toEqual(readEnv({}))
})

test('a sandbox logs warnings, a deployment every request, and LOG_LEVEL overrides both', () => {
  const NEXUDUS_URL = 'https://spaces.nexudus.com'
  expect(logLevelOf(readEnv({}))).toBe('warn')
  expect(logLevelOf(readEnv({ NEXUDUS_URL }))).toBe('info')
  expect(logLevelOf(readEnv({ NEXUDUS_URL, LOG_LEVEL: 'debug' }))).toBe('debug')
})

test.each<[string, Record<string, string>, object]>([
  ['a port of its own', { PORT: '8080', SANDBOX_PORT: '8081' }, { PORT: 8080, SANDBOX_PORT: 8081 }],
  [
    'an exception from the rule about private addresses',
    { OUTBOUND_EXCEPTIONS: '10.1.0.0/16:8080, [fd00::/8]:443', OUTBOUND_PORTS: '8443' },
    {
      OUTBOUND_EXCEPTIONS: [
        { range: '10.1.0.0/16', port: 8080 },
        { range: 'fd00::/8', port: 443 },
      ],
      OUTBOUND_PORTS: [8443],
    },
  ],
  ['the public address', { PUBLIC_URL: 'https://a.test/' }, { PUBLIC_URL: 'https://a.test' }],
  [
    'plain http on this machine',
    { PUBLIC_URL: 'http://[::1]:4500' },
    { PUBLIC_URL: 'http://[::1]:4500' },
  ],
  [
    'an address in capitals',
    { PUBLIC_URL: 'HTTPS://A.Test:443' },
    { PUBLIC_URL: 'https://a.test' },
  ],
  ['a flag as a number', { TRUST_PROXY: '1' }, { TRUST_PROXY: true }],
  ['a flag as a word', { ALLOW_PRIVATE_TARGETS: 'true' }, { ALLOW_PRIVATE_TARGETS: true }],
  ['a flag that is off', { TRUST_PROXY: 'false' }, { TRUST_PROXY: false }],
  ['half a minute of idleness', { SESSION_IDLE_MINUTES: '0.5' }, { SESSION_IDLE_MINUTES: 0.5 }],
  ['PostgreSQL with a secret', { DATABASE_URL: PG, SECRET }, { DATABASE_URL: PG, SECRET }],
  [
    'its other name',
    { DATABASE_URL: 'postgresql://h/d', SECRET },
    { DATABASE_URL: 'postgresql://h/d' },
  ],
])('%s is accepted', (_what, source, expected) => {
  expect(readEnv(source)).toMatchObject(expected)
})

test.each<[Record<string, string>, string]>([
  [{ PORT: '70000' }, 'PORT: '],
  [{ PORT: '-1' }, 'PORT: '],
  [{ PORT: '0' }, 'PORT: '],
  [{ NEXUDUS_URL: 'https://x.test/api' }, 'NEXUDUS_URL: must end after the host'],
  [{ NEXUDUS_URL: 'https://a:b@x.test' }, 'NEXUDUS_URL: must end after the host'],
  [{ OUTBOUND_PORTS: '8443,x' }, 'OUTBOUND_PORTS: must be port numbers'],
  [{ OUTBOUND_EXCEPTIONS: '10.0.0.0:80' }, 'OUTBOUND_EXCEPTIONS: must be IP address ranges'],
  [{ OUTBOUND_EXCEPTIONS: '10.0.0.0/8' }, 'OUTBOUND_EXCEPTIONS: must be IP address ranges'],
  [{ PORT: '44.5' }, 'PORT: '],
  [{ PORT: 'http' }, 'PORT: '],
  [{ SANDBOX_PORT: '4401x' }, 'SANDBOX_PORT: '],
  [{ SANDBOX_SEED: 'huge' }, 'SANDBOX_SEED: '],
  [{ NEXUDUS_URL: 'spaces.nexudus.com' }, 'NEXUDUS_URL: must be a full http:// or https:// URL'],
  [{ NEXUDUS_URL: 'ftp://x.test' }, 'NEXUDUS_URL: must be a full http:// or https:// URL'],
  [{ NEXUDUS_URL: 'javascript:alert(1)' }, 'NEXUDUS_URL: must be a full http:// or https:// URL'],
  [{ DATABASE_URL: 'mysql://x/y', SECRET }, 'DATABASE_URL: must be a postgres:// URL'],
  [{ DATABASE_URL: './file.db', SECRET }, 'DATABASE_URL: must be a postgres:// URL'],
  [{ DATABASE_URL: PG }, 'SECRET: is required with DATABASE_URL'],
  [{ SECRET: 'short' }, 'SECRET: must be at least 32 characters long'],
  [{ SECRET: `${SECRET},short` }, 'SECRET: must be at least 32 characters long'],
  [{ SECRET: `${SECRET},` }, 'SECRET: must be at least 32 characters long'],
  [{ SECRET: `,${SECRET}` }, 'SECRET: must be at least 32 characters long'],
  [{ DATABASE_URL: PG, SECRET: ' '.repeat(40) }, 'SECRET: is required with DATABASE_URL'],
  [{ PUBLIC_URL: 'desk.example.com' }, 'PUBLIC_URL: must be a full http:// or https:// URL'],
  [{ PUBLIC_URL: 'http://desk.example.com' }, 'PUBLIC_URL: must be https://'],
  [{ PUBLIC_URL: 'http://192.168.1.5:4400' }, 'PUBLIC_URL: must be https://'],
  [{ PUBLIC_URL: 'http://localhost.evil.test' }, 'PUBLIC_URL: must be https://'],
  [{ PUBLIC_URL: 'https://a.test/desk' }, 'PUBLIC_URL: must end after the host'],
  [{ PUBLIC_URL: 'http://a.test/desk' }, 'PUBLIC_URL: must end after the host'],
  [{ PUBLIC_URL: 'https://a.test/?x' }, 'PUBLIC_URL: must end after the host'],
  [{ PUBLIC_URL: 'https://a:b@a.test' }, 'PUBLIC_URL: must end after the host'],
  [{ KEEP_ALIVE_SECONDS: '0' }, 'KEEP_ALIVE_SECONDS: '],
  [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY: '],
  [{ ALLOW_PRIVATE_TARGETS: '2' }, 'ALLOW_PRIVATE_TARGETS: '],
  [{ SESSION_IDLE_MINUTES: '0' }, 'SESSION_IDLE_MINUTES: '],
  [{ SESSION_IDLE_MINUTES: 'soon' }, 'SESSION_IDLE_MINUTES: '],
  [{ SESSION_IDLE_MINUTES: '1e15' }, 'SESSION_IDLE_MINUTES: '],
  [{ SESSION_HOURS: '-8' }, 'SESSION_HOURS: '],
  [{ SESSION_HOURS: 'Infinity' }, 'SESSION_HOURS: '],
  [{ SESSION_HOURS: '99999999999999' }, 'SESSION_HOURS: '],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: '],
])('%j is refused in one line', (source, start) => {
  const lines = linesOf(source)
  expect(lines).toEqual([expect.stringContaining(start)])
  expect(lines[0]?.startsWith(start)).toBe(true)
})

test('all errors are reported at once, one per line, without any secret', () => {
  const lines = linesOf({
    PORT: 'x',
    NEXUDUS_URL: 'x',
    SECRET: 'canary',
    LOG_LEVEL: 'x',
    DATABASE_URL: 'mysql://desk:canary@db/desk',
  })
  expect(lines.map((line) => line.split(':')[0]).toSorted()).toEqual([
    'DATABASE_URL',
    'LOG_LEVEL',
    'NEXUDUS_URL',
    'PORT',
    'SECRET',
  ])
  expect(lines.join()).not.toContain('canary')
})

const newFolder = () => path.join(mkdtempSync(path.join(tmpdir(), 'hookdesk-env-')), 'data')

test('without a secret the first start makes one, keeps it, and hides it from other users', () => {
  const env = readEnv({ DATA_DIR: newFolder() })
  const [made, ...more] = readSecrets(env)
  expect(made).toMatch(/^[\w-]{43}$/)
  expect(more).toEqual([])
  expect(readSecrets(env)).toEqual([made])
  expect(statSync(path.join(env.DATA_DIR, 'secret')).mode & 0o777).toBe(0o600)
  expect(statSync(env.DATA_DIR).mode & 0o777).toBe(0o700)
})

test('a given secret overrides the kept one, newest first', () => {
  const env = readEnv({ DATA_DIR: newFolder(), SECRET: `${SECRET}1 , ${SECRET}2` })
  expect(readSecrets(env)).toEqual([`${SECRET}1`, `${SECRET}2`])
})

test('an emptied secret file does not count as a secret', () => {
  const env = readEnv({ DATA_DIR: newFolder() })
  readSecrets(env)
  const file = path.join(env.DATA_DIR, 'secret')
  writeFileSync(file, '\n')
  expect(() => readSecrets(env)).toThrow(BadEnv)
  expect(readFileSync(file, 'utf8')).toBe('\n')
})
