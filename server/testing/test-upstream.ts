import type { Fetch } from '#server/nexudus/upstream.ts'

type Arrived = { method: string; path: string; query: string; headers: Headers; body: string }
type Handler = (arrived: Arrived, request: Request) => Response | Promise<Response>

export const json = (body: unknown, status = 200) => Response.json(body, { status })

/** Answers with exactly this text, so that a test decides about every byte. */
export const rawJson = (text: string, status = 200) =>
  new Response(text, { status, headers: { 'content-type': 'application/json; charset=utf-8' } })

/** The connection breaks before there is an answer. */
export const lost = () => Promise.reject(new TypeError('fetch failed'))

const succeeded = (Value: unknown = null) =>
  json({ Status: 200, Message: 'Done.', Value, Errors: null, WasSuccessful: true })

/**
 * A Nexudus that a test controls, for behaviour that the sandbox lacks. It grants tokens, knows one
 * unrestricted administrator, and stores webhooks as the texts it got.
 */
export function createTestUpstream(user: Record<string, unknown> = {}) {
  const arrived: Arrived[] = []
  const told: { method: string; path: RegExp | string; handler: Handler; times: number }[] = []
  const records = new Map<number, string>()
  let tokensGranted = 0
  let lastId = 1_400_000_100

  const rows = (): Record<string, unknown>[] =>
    [...records.values()].map((text) => JSON.parse(text))

  const answers: [method: string, path: RegExp, handler: Handler][] = [
    ['POST', /^\/api\/token$/, () => json(grant())],
    ['GET', /^\/api\/auth\/me$/, () => json(me(user))],
    ['GET', /^\/api\/sys\/webhooks$/, () => json({ Records: rows(), TotalPages: 1 })],
    ['GET', /^\/api\/sys\/webhooks\/\d+$/, ({ path }) => recordOr404(path)],
    ['POST', /^\/api\/sys\/webhooks$/, ({ body }) => create(body)],
    ['PUT', /^\/api\/sys\/webhooks$/, ({ body }) => replace(body)],
    ['DELETE', /^\/api\/sys\/webhooks\/\d+$/, ({ path }) => remove(path)],
  ]

  function grant() {
    tokensGranted += 1
    return {
      access_token: `canary-access-${tokensGranted}`,
      token_type: 'bearer',
      expires_in: 604_799,
      refresh_token: `canary-refresh-${tokensGranted}`,
    }
  }

  const idOf = (path: string) => Number(path.split('/').at(-1))

  function recordOr404(path: string): Response {
    const text = records.get(idOf(path))
    return text === undefined ? json('Not found', 404) : rawJson(text)
  }

  function create(body: string): Response {
    lastId += 1
    records.set(lastId, JSON.stringify({ ...JSON.parse(body), Id: lastId }))
    return succeeded({ Id: lastId })
  }

  function replace(body: string): Response {
    const { Id } = JSON.parse(body)
    if (!records.has(Id)) return json('Not found', 404)
    records.set(Id, body)
    return succeeded({ Id })
  }

  const remove = (path: string) =>
    records.delete(idOf(path)) ? succeeded() : json('Not found', 404)

  const fetch: Fetch = async (url, { body = '', ...asked }) => {
    const { pathname: path, search: query } = url
    const { method } = asked
    const request = new Request(url, { ...asked, body: body === '' ? null : body })
    const call = { method, path, query, headers: request.headers, body }
    arrived.push(call)

    const order = told.findLast(
      (order) =>
        order.times > 0 &&
        order.method === method &&
        (typeof order.path === 'string' ? order.path === path : order.path.test(path)),
    )
    if (order) order.times -= 1
    const handler = order?.handler ?? answerTo(method, path)
    return handler ? handler(call, request) : json({ Message: 'No such path.' }, 404)
  }

  const answerTo = (method: string, path: string) =>
    answers.find(([ofMethod, ofPath]) => ofMethod === method && ofPath.test(path))?.[2]

  return {
    fetch,
    records,
    /** Every request that arrived, or those with one method. */
    arrived: (method?: string) => arrived.filter((call) => !method || call.method === method),
    /** Sets the handler for the next `times` calls of this kind; the latest one wins. */
    tell(method: string, path: RegExp | string, handler: Handler, times = Infinity) {
      told.push({ method, path, handler, times })
    },
    /** Returns to the initial state. */
    forget() {
      arrived.length = 0
      told.length = 0
    },
    perform: (call: Arrived, request: Request) =>
      answerTo(call.method, call.path)?.(call, request) ?? json({}, 404),
  }
}

const me = (user: Record<string, unknown>) => ({
  Id: 1_400_010_001,
  FullName: 'Ana Admin',
  Email: 'admin@hookdesk.test',
  IsAdmin: true,
  Businesses: [],
  UserRoles: [],
  ...user,
})
