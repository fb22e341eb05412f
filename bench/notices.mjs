import pg from 'pg'
import * as z from 'zod'

import { deskClient, signInToDesk } from '#tools/desk-session.mjs'
import { findPostgres, startPostgres } from '#tools/postgres.mjs'
import { startProduct } from '#tools/product.mjs'

import { sleep } from './browser.mjs'
import { median, number } from './report.mjs'

/** @import { Report } from './report.mjs' */

const MAILS = 500
const MESSAGES = 20
const DAYS = 365
const TRANSITIONS_A_DAY = 1_000
const READINGS = 20

const channelsSchema = z.object({ channels: z.array(z.object({ id: z.string() })) })
const spanSchema = z.array(z.object({ first: z.date(), last: z.date(), count: z.number() }))
const waitingSchema = z.array(z.object({ count: z.number() }))

/**
 * Measures how fast notices leave, and what a year of transitions costs the start page. On
 * PostgreSQL alone: the rows are put into its tables from outside.
 *
 * @param {Report} report
 */
export async function notices(report) {
  if (!findPostgres()) return
  const postgres = await startPostgres({ isDurable: true })
  const product = await startProduct({
    DATABASE_URL: postgres.url,
    SECRET: 'a secret that only the benchmark uses',
    WATCH: '1',
  })
  const db = new pg.Client({ connectionString: postgres.url })
  try {
    await db.connect()
    const desk = deskClient(product.url, await signInToDesk(product.url))
    const mails = await pace(db, { route: 'email', recipient: 'admin@hookdesk.test', count: MAILS })
    const made = await desk('POST', '/desk/channels', {
      kind: 'slack',
      name: 'Bench',
      locations: null,
      firstStep: '5',
      zone: 'UTC',
      url: `${product.sandboxUrl}/receiver/bench`,
    })
    const [channel] = z.parse(channelsSchema, made).channels
    const recipient = channel?.id ?? ''
    const messages = await pace(db, { route: 'slack', recipient, count: MESSAGES })

    const before = await startPage(desk)
    await db.query(
      `insert into desk.transitions (webhook_id, business_id, kind, look, seen_at, health)
       select 1400099000 + n % 1000, 1400000002, 'failing', 1,
              now() - n * interval '1 day' / $1::int, 'failing'
       from generate_series(1, $2::int) n`,
      [TRANSITIONS_A_DAY, TRANSITIONS_A_DAY * DAYS],
    )
    await db.query('analyze')
    const after = await startPage(desk)
    report({
      title: 'Notices, and the start page after a year, on PostgreSQL',
      head: [
        'mails a second',
        'messages a second into one chat',
        'start page, ms',
        `start page with ${TRANSITIONS_A_DAY * DAYS} transitions, ms`,
      ],
      rows: [
        [
          number(mails, { atLeast: 50 }),
          number(messages),
          number(before, { budget: 50 }),
          number(after, { budget: 50 }),
        ],
      ],
      notes: ['A chat takes one message a second at each address; the desk goes no faster.'],
    })
  } finally {
    await db.end()
    await product.stop()
    postgres.stop()
  }
}

/**
 * Puts notices into the outbox and returns how many left in a second.
 *
 * @param {pg.Client} db
 * @param {{ route: string, recipient: string, count: number }} notices
 */
async function pace(db, { route, recipient, count }) {
  await db.query(
    `insert into desk.notices (key, kind, channel, recipient, content, happened_at, state, due_at)
     select 'bench ' || $1::text || n, 'sees-again', $1::text, $2::text, $3::jsonb, now(), 'waiting', now()
     from generate_series(1, $4::int) n`,
    [route, recipient, { webhooks: [], more: 0, since: new Date().toISOString() }, count],
  )
  for (;;) {
    const waiting = await db.query(
      `select count(*)::int from desk.notices where key like 'bench %' and state = 'waiting'`,
    )
    if (z.parse(waitingSchema, waiting.rows)[0]?.count === 0) break
    await sleep(500)
  }
  const { rows } = await db.query(
    `select min(settled_at) as first, max(settled_at) as last, count(*)::int
     from desk.notices where key like 'bench %' and channel = $1 and state = 'sent'`,
    [route],
  )
  const [span] = z.parse(spanSchema, rows)
  if (span?.count !== count) throw new Error(`Only ${span?.count} of ${count} notices were sent`)
  return ((count - 1) * 1_000) / (span.last.getTime() - span.first.getTime())
}

/** @param {ReturnType<typeof deskClient>} desk */
async function startPage(desk) {
  const times = []
  for (let reading = 0; reading < READINGS; reading += 1) {
    const startedAt = performance.now()
    await desk('GET', '/desk/attention')
    times.push(performance.now() - startedAt)
  }
  return median(times)
}
