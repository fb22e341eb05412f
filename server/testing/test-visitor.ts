import type { Hono } from 'hono'

import { DESK_HEADER, IDEMPOTENCY_HEADER, type ChangeRequest } from '#contract/desk/desk.ts'
import type { WebhookInput } from '#contract/nexudus/webhook.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { DEMO_PASSWORD } from '#sandbox/access/accounts.ts'

export const TEST_ORIGIN = 'http://localhost:4400'

/** The header that a test desk's `sourceOf` reads as the source of a request. */
export const SOURCE_HEADER = 'x-test-source'

type Init = {
  method?: string
  /** A text is sent unchanged, anything else as JSON. */
  body?: unknown
  /** In addition to the headers of our own page; `null` leaves one of those out. */
  headers?: Record<string, string | null>
}

export type Visitor = ReturnType<typeof createVisitor>

/** A browser with our page open: sends that page's headers, and keeps its cookie. */
export function createVisitor(app: Hono<AppEnv>, source = '198.51.100.7') {
  let cookie: string | undefined

  async function request(path: string, { method = 'GET', body, headers = {} }: Init = {}) {
    const sent: Record<string, string | null> = {
      host: new URL(TEST_ORIGIN).host,
      'sec-fetch-site': 'same-origin',
      [DESK_HEADER]: 'person',
      [SOURCE_HEADER]: source,
      ...(method !== 'GET' && { origin: TEST_ORIGIN }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(cookie !== undefined && { cookie }),
      ...headers,
    }
    const response = await app.request(`${TEST_ORIGIN}${path}`, {
      method,
      headers: Object.entries(sent).filter((pair): pair is [string, string] => pair[1] !== null),
      body: typeof body === 'string' || body === undefined ? (body ?? null) : JSON.stringify(body),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      cookie = attributes.includes('Max-Age=0') ? undefined : pair
    }
    return answerOf(response)
  }

  const withKey = (key: string) => ({ [IDEMPOTENCY_HEADER]: key })

  return {
    request,
    /** The cookie that the next request would send. */
    cookie: () => cookie,
    takeCookie(given: string | undefined) {
      cookie = given
    },
    signIn: (email: string, more: { password?: string; totp?: string } = {}) =>
      request('/desk/session', {
        method: 'POST',
        body: { email, password: DEMO_PASSWORD, ...more },
      }),
    signOut: () => request('/desk/session', { method: 'DELETE' }),

    create: (input: WebhookInput, key: string = crypto.randomUUID()) =>
      request('/desk/webhooks', { method: 'POST', body: input, headers: withKey(key) }),
    change: (id: number, { seen, change }: ChangeRequest, key: string = crypto.randomUUID()) =>
      request(`/desk/webhooks/${id}`, {
        method: 'PATCH',
        body: { seen, change },
        headers: withKey(key),
      }),
    remove: (id: number, seen: ChangeRequest['seen'], key: string = crypto.randomUUID()) =>
      request(`/desk/webhooks/${id}`, { method: 'DELETE', body: { seen }, headers: withKey(key) }),
  }
}

async function answerOf(response: Response) {
  const { status, headers } = response
  const text = await response.text()
  const isJson = headers.get('content-type')?.includes('json') ?? false
  return { status, headers, text, body: isJson ? JSON.parse(text) : null }
}
