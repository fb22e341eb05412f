import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'

import { parseUrl } from '#contract/address/parse-url.ts'
import { makePrivate } from '#platform/db/private-folder.ts'
import { BadEnv, readEnvBy } from '#platform/env/read-env.ts'
import {
  databaseSettings,
  flag,
  outboundSettings,
  port,
  sandboxSettings,
} from '#platform/env/settings.ts'
import { CALL_LIMITS } from '#server/nexudus/budget.ts'
import { unusableProxy } from '#server/nexudus/route.ts'

const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be a full http:// or https:// URL',
  abort: true,
})

const isOrigin = ({ origin, href }: URL) => href === `${origin}/`

/** Host and port only: a path would be ignored, and a password would be logged. */
const originUrl = (example: string) =>
  httpUrl.refine(
    // a value that is no URL at all was already reported
    (value) => {
      const url = parseUrl(value)
      return !url || !/^https?:/i.test(value) || isOrigin(url)
    },
    { error: `must end after the host, e.g. ${example}`, abort: true },
  )

/** Hosts where a page may keep its sign-in without https: browsers trust this machine. */
const isThisMachine = ({ hostname }: URL) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)

const publicUrl = originUrl('https://desk.example.com')
  .transform((value) => new URL(value))
  .refine((url) => url.protocol === 'https:' || isThisMachine(url), {
    error: 'must be https://; plain http is for localhost only',
  })
  .transform(({ origin }) => origin)

// far beyond a year, dates could no longer hold a session's end
const YEAR_HOURS = 365 * 24

// the value may hold a password, so the error does not repeat it
const NO_PROXY_ADDRESS =
  'must be the URL of a proxy, e.g. http://proxy.example.com:3128; SOCKS is not supported'

const NO_CERTIFICATE = 'must be a readable file of certificates in PEM form'

/** Checked here because Node ignores a missing file, and then trusts no certificate of Nexudus. */
function isCertificate(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes('-----BEGIN')
  } catch {
    return false
  }
}

/** The watching process: this one, another one on the same database, or none. */
const watch = z
  .enum(['', '0', '1', 'false', 'true', 'elsewhere'])
  .transform((value) =>
    value === 'elsewhere' ? value : value === '1' || value === 'true' ? 'here' : 'nobody',
  )

const smtpUrl = z.url({
  protocol: /^smtps?$/,
  // it may hold a password, so the error does not repeat it
  error: 'must be the URL of an SMTP server, e.g. smtps://user:password@mail.example.com',
})

const mailAddress = z.email({ error: 'must be one e-mail address, e.g. hookdesk@example.com' })

const envSchema = z
  .object({
    PORT: port.default(4400),
    HOST: z.string().min(1).default('127.0.0.1'),
    ...databaseSettings,
    ...sandboxSettings,
    ...outboundSettings,
    NEXUDUS_URL: originUrl('https://spaces.nexudus.com').optional(),
    // other programs share these variables, so they are not validated here; see `routeTo`
    HTTP_PROXY: z.string().optional(),
    HTTPS_PROXY: z.string().optional(),
    NO_PROXY: z.string().optional(),
    NODE_EXTRA_CA_CERTS: z.string().refine(isCertificate, { error: NO_CERTIFICATE }).optional(),
    SECRET: z
      .string()
      .refine((list) => list.split(',').every((secret) => secret.trim().length >= 32), {
        error: 'must be at least 32 characters long, as must every older secret after a comma',
      })
      .optional(),
    PUBLIC_URL: publicUrl.optional(),
    ALLOW_PRIVATE_TARGETS: flag.default(false),
    NEXUDUS_WRITES_PER_MINUTE: z.coerce.number().int().min(1).default(CALL_LIMITS.writesPerMinute),
    NEXUDUS_CALLS_PER_MINUTE: z.coerce.number().int().min(3).default(CALL_LIMITS.callsPerMinute),
    KEEP_ALIVE_SECONDS: z.coerce.number().int().min(1).max(3600).default(130),
    TRUST_PROXY: flag.default(false),
    SESSION_IDLE_MINUTES: z.coerce
      .number()
      .positive()
      .max(YEAR_HOURS * 60)
      .default(30),
    SESSION_HOURS: z.coerce.number().positive().max(YEAR_HOURS).default(8),
    WATCH: watch.default('here'),
    WATCH_SECONDS: z.coerce.number().int().min(30).max(3600).default(60),
    WATCH_EMAIL: z.string().min(1).optional(),
    WATCH_PASSWORD: z.string().min(1).optional(),
    HEARTBEAT_URL: httpUrl.optional(),
    SMTP_URL: smtpUrl.optional(),
    MAIL_FROM: mailAddress.optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  })
  .refine(({ DATABASE_URL, SECRET }) => !DATABASE_URL || SECRET, {
    path: ['SECRET'],
    error: 'is required with DATABASE_URL, because every process must open the same sessions',
  })
  .refine(({ WATCH_EMAIL, WATCH_PASSWORD }) => !WATCH_EMAIL === !WATCH_PASSWORD, {
    path: ['WATCH_PASSWORD'],
    error: 'is required with WATCH_EMAIL, and the other way round',
  })
  .refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM, {
    path: ['MAIL_FROM'],
    error: 'is required with SMTP_URL, because every mail needs a sender',
  })
  .superRefine(({ NEXUDUS_URL, ...proxies }, context) => {
    const wrong = NEXUDUS_URL && unusableProxy(NEXUDUS_URL, proxies)
    if (wrong) context.addIssue({ code: 'custom', path: [wrong], message: NO_PROXY_ADDRESS })
  })

export type Env = z.infer<typeof envSchema>

/** A newcomer's terminal shows the greeting, not every request; a deployment logs all of them. */
export const logLevelOf = ({ LOG_LEVEL, NEXUDUS_URL }: Env) =>
  LOG_LEVEL ?? (NEXUDUS_URL ? 'info' : 'warn')

/** Reads the configuration once; fails with a line for each wrong setting. */
export const readEnv = (source: NodeJS.ProcessEnv) => readEnvBy(envSchema, source)

/**
 * Secrets that seal tokens: `SECRET`, a comma-separated list with the newest first, else one that
 * the first start makes and keeps in the data folder.
 */
export function readSecrets({ SECRET, DATA_DIR }: Env): [string, ...string[]] {
  const [first, ...rest] = (SECRET ?? keptSecret(DATA_DIR)).split(',').map((part) => part.trim())
  if (!first) throw new BadEnv('SECRET: must not be empty')
  return [first, ...rest]
}

function keptSecret(folder: string): string {
  const file = path.join(folder, 'secret')
  makePrivate(folder)
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8').trim()
}
