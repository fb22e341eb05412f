import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import * as z from 'zod'

import { deskClient, signInToDesk } from '#tools/desk-session.mjs'
import { SHOREDITCH } from '#tools/network.mjs'
import { findPostgres, startPostgres } from '#tools/postgres.mjs'
import { startProduct } from '#tools/product.mjs'

// Writes the database of the built product after a little work, for the test that opens the data of
// every released migration: `npm run build && node scripts/dump-sample.mjs`.

/** @typedef {ReturnType<typeof deskClient>} Ask */

const FOLDER = 'server/db/samples'
const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string() })) })
const mailsSchema = z.object({ mails: z.array(z.unknown()) })
const createdSchema = z.object({ webhook: z.object({ Id: z.number() }) })

/** @param {string} folder */
function newestOf(folder) {
  const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8'))
  return journalSchema.parse(journal).entries.at(-1)?.tag.slice(0, 4)
}
const desk = newestOf('server/db/desk-migrations')
const sandbox = newestOf('sandbox/db/sandbox-migrations')
const tag = `desk-${desk}_sandbox-${sandbox}`

const postgres = await startPostgres({ isDurable: false })
try {
  const product = await startProduct({
    DATABASE_URL: postgres.url,
    SECRET: 'the secret of a sample and long enough for it',
    WATCH: '1',
  })
  const ask = deskClient(product.url, await signInToDesk(product.url))
  await work(ask)
  await watchHasTold(ask)
  // ended at once, so that the data is as a killed desk leaves it
  await product.kill()
  mkdirSync(FOLDER, { recursive: true })
  const file = path.join(FOLDER, `${tag}.sql.gz`)
  writeFileSync(file, gzipSync(dump(postgres.url), { level: 9 }))
  console.log(file)
} finally {
  postgres.stop()
}

/**
 * Creates a webhook, pauses it, proposes a run, plans the end of a pause, sets feeds and a channel up,
 * and saves a view.
 *
 * @param {Ask} ask
 */
async function work(ask) {
  const answer = await ask('POST', '/desk/webhooks', {
    BusinessId: SHOREDITCH.id,
    Action: 7,
    Name: 'Kept through every upgrade',
    URL: 'https://receiver.example.com/kept',
    Description: 'Kept',
    Active: true,
  })
  const { Id } = createdSchema.parse(answer).webhook
  await ask('PATCH', `/desk/webhooks/${Id}`, { seen: { Active: true }, change: { Active: false } })
  await ask('POST', '/desk/runs', {
    title: { act: 'import', file: 'Kept through every upgrade' },
    changes: [{ kind: 'change', webhookId: Id, change: { Active: true } }],
  })
  const until = new Date(Date.now() + 24 * 3_600_000).toISOString()
  await ask('POST', '/desk/pauses', { webhookIds: [Id], until, reason: 'Kept' })
  await ask('POST', '/desk/feeds', {})
  await ask('POST', '/desk/channels', {
    kind: 'slack',
    name: 'Kept through every upgrade',
    url: 'https://hooks.slack.com/services/kept',
    locations: null,
    // the first summary would be tried there, in vain
    firstStep: 'stopped',
    zone: 'Europe/London',
  })
  await ask('POST', '/desk/views', { name: 'Kept', search: 'health=paused', isShared: true })
}

/**
 * Waits for the first look and its summary in the mail box.
 *
 * @param {Ask} ask
 */
async function watchHasTold(ask) {
  for (;;) {
    const { mails } = mailsSchema.parse(await ask('GET', '/desk/sandbox/mails'))
    if (mails.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/**
 * Dumps the database as statements that both engines accept.
 *
 * @param {string} url
 */
function dump(url) {
  const program = path.join(findPostgres() ?? '', 'pg_dump')
  const how = ['--no-owner', '--no-privileges', '--inserts', '--rows-per-insert=500']
  const text = execFileSync(program, [...how, url], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  // these lines are for psql only
  return text.replaceAll(/^\\(un)?restrict .*\n/gm, '')
}
