import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { expect, test } from 'vitest'

import { createLog } from './log.ts'
import { Failed, onError } from './failure.ts'
import { requestLog, type AppEnv } from './request-log.ts'

/** The response and the log lines when a handler throws this error. */
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
])('the response names the kind of failure: %s', (failed, name) => {
  expect(failed.message).toBe(name)
})

test('the type of a failure with several meanings requires one of its own reasons', () => {
  const given = [
    // @ts-expect-error -- the reason is missing
    new Failed('not_found'),
    // @ts-expect-error -- a reason of another code
    new Failed('not_found', { reason: 'per_host' }),
    // @ts-expect-error -- this code has one meaning and takes no reason
    new Failed('throttled', { reason: 'run' }),
  ]
  expect(given).toHaveLength(3)
})

test('the response quotes what Nexudus said, but the error name and the log do not', async () => {
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

test('details added to a failure keep its earlier details and its cause', () => {
  const first = new Failed('upstream_error', { reason: 'failed', upstreamStatus: 504 })
  const then = first.with({ outcome: 'unsaved' })
  expect([then.code, then.cause]).toEqual(['upstream_error', first])
  expect(then.details).toEqual({ reason: 'failed', upstreamStatus: 504, outcome: 'unsaved' })
})

test.each(['wrong_host', 'cross_site', 'not_json'] as const)(
  'a person who calls the API by hand is told what to do about %s',
  async (code) => {
    expect((await answerTo(new Failed(code))).body).toMatchObject({
      code,
      message: expect.stringMatching(/\.$/),
    })
  },
)

test("an unreadable request body is answered with the parser's message", async () => {
  const error = new HTTPException(400, { message: 'Malformed JSON in request body' })
  const { status, body } = await answerTo(error)
  expect(status).toBe(400)
  expect(body).toMatchObject({
    code: 'bad_request',
    reason: 'malformed',
    message: 'Malformed JSON in request body',
  })
})
