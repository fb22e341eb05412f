import { findPostgres, startPostgres } from '#tools/postgres.mjs'
import { NO_LIMITS, startProduct } from '#tools/product.mjs'

import { number } from './report.mjs'

const ITEMS = 1_000
/** So many of them are carried out: every one is read, written and read again. */
const CARRIED_OUT = 300

/** What a run costs besides the waits Nexudus asks for: its dry run, and each item. */
export async function runs(report) {
  const rows = [await onEngine('PGlite', {})]
  if (findPostgres()) {
    const postgres = await startPostgres({ isDurable: true })
    const env = { DATABASE_URL: postgres.url, SECRET: 'a secret that only the benchmark uses' }
    try {
      rows.push(await onEngine('PostgreSQL, fsync on', env))
    } finally {
      postgres.stop()
    }
  }
  report({
    title: `A run of ${ITEMS} items against a sandbox that does not throttle, in the same process`,
    head: [
      'database',
      'dry run, ms',
      'items of it in one answer, ms',
      'carried out, items a second',
      'undo proposed and checked, ms',
    ],
    rows,
    notes: [
      `Carried out: ${CARRIED_OUT} of them, each read, written and read again. Real Nexudus allows one write a second.`,
    ],
  })
}

async function onEngine(name, env) {
  const product = await startProduct({ ...env, ...NO_LIMITS, SANDBOX_SEED: 'large' })
  try {
    const desk = await signIn(product.url)
    const { Records } = await desk('GET', '/api/sys/webhooks?page=1&size=1000')
    const pause = ({ Id: webhookId, Active }) => ({
      ...{ kind: 'change', webhookId },
      change: { Active: !Active },
    })
    const changes = Records.slice(0, ITEMS).map(pause)

    const propose = () =>
      desk('POST', '/desk/runs', { title: { act: 'describe', count: changes.length }, changes })
    const [run, dryMs] = await timed(async () => until(desk, (await propose()).run.id, 'proposed'))
    const [{ items }, itemsMs] = await timed(() => desk('GET', `/desk/runs/${run.id}/items`))
    const leftOut = items.slice(CARRIED_OUT).map(({ id }) => id)
    const [done, doneMs] = await timed(async () => {
      await desk('POST', `/desk/runs/${run.id}/start`, { leftOut })
      return until(desk, run.id, 'finished')
    })
    if (done.counts.done !== CARRIED_OUT) throw new Error(`Not all: ${JSON.stringify(done.counts)}`)
    const [, undoMs] = await timed(async () => {
      const answer = await desk('POST', `/desk/runs/${run.id}/undo`)
      return until(desk, answer.run.id, 'proposed')
    })
    return [
      name,
      number(dryMs),
      number(itemsMs),
      number((CARRIED_OUT / doneMs) * 1000, { digits: 1 }),
      number(undoMs),
    ]
  } finally {
    await product.stop()
  }
}

async function timed(act) {
  const startedAt = performance.now()
  const result = await act()
  return [result, performance.now() - startedAt]
}

async function until(desk, id, state) {
  for (;;) {
    const { run } = await desk('GET', `/desk/runs/${id}`)
    if (run.state === state) return run
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function signIn(url) {
  const headers = { 'content-type': 'application/json', 'x-hookdesk': 'bench', origin: url }
  const answer = await fetch(`${url}/desk/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: 'admin@hookdesk.test', password: 'sandbox' }),
  })
  const [cookie] = answer.headers.getSetCookie()[0].split(';')
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, cookie, 'idempotency-key': crypto.randomUUID() },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return response.json()
  }
}
