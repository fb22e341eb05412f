import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { expect, test } from 'vitest'

import { createLog } from './log.ts'
import { Failed, onError } from './failure.ts'
import { requestLog, type AppEnv } from './request-log.ts'

/** The answer where a handler throws this, and what is in the log of it. */
async function answerTo(error: Error) {
  let logged = ''
  const log = createLog('info', { write: (line) => (logged += line) })
  const app = new Hono<AppEnv>()
    .use(requestLog(log))
    .onError(onError)
    .get('/', () => {
      throw error
    })
  const response = await app.request('/')
  return { status: response.status, body: await response.json(), logged }
}

test.each([
  [new Failed('session_expired'), 'session_expired'],
  [new Failed('not_found', { reason: 'run' }), 'not_found: run'],
  [
    new Failed('upstream_error', { reason: 'failed', upstreamStatus: 503 }),
    'upstream_error: failed (503)',
  ],
])('a failure is named by what it is: %s', (failed, name) => {
  expect(failed.message).toBe(name)
})

test('a code that can mean several things is not given without its own reason', () => {
  const given = [
    // @ts-expect-error -- which of them?
    new Failed('not_found'),
    // @ts-expect-error -- a reason of another code
    new Failed('not_found', { reason: 'per_host' }),
    // @ts-expect-error -- a code that can mean one thing only
    new Failed('throttled', { reason: 'run' }),
  ]
  expect(given).toHaveLength(3)
})

test('what Nexudus said is answered as it was given, and is in no name and no log', async () => {
  const failed = new Failed('refused', { reason: 'by_nexudus', said: 'No, canary.' })
  const { body, logged } = await answerTo(failed)
  expect(body).toEqual({
    code: 'refused',
    reason: 'by_nexudus',
    said: 'No, canary.',
    requestId: expect.any(String),
  })
  expect(failed.message + logged).not.toContain('canary')
  expect(logged).toContain('"failure":"refused","reason":"by_nexudus"')
})

test('a failure of which more is known by now keeps the rest, and what it came from', () => {
  const first = new Failed('upstream_error', { reason: 'failed', upstreamStatus: 504 })
  const then = first.with({ outcome: 'unsaved' })
  expect([then.code, then.cause]).toEqual(['upstream_error', first])
  expect(then.details).toEqual({ reason: 'failed', upstreamStatus: 504, outcome: 'unsaved' })
})

test.each(['wrong_host', 'cross_site', 'not_json'] as const)(
  'whoever asks by hand is told what to do about %s',
  async (code) => {
    expect((await answerTo(new Failed(code))).body).toMatchObject({
      code,
      message: expect.stringMatching(/\.$/),
    })
  },
)

test('a body that cannot be read is told in the words of the parser', async () => {
  const error = new HTTPException(400, { message: 'Malformed JSON in request body' })
  const { status, body } = await answerTo(error)
  expect(status).toBe(400)
  expect(body).toMatchObject({
    code: 'bad_request',
    reason: 'malformed',
    message: 'Malformed JSON in request body',
  })
})
