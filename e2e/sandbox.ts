import { randomUUID } from 'node:crypto'

import * as z from 'zod'

import { eventAnswerSchema } from '#contract/desk/sandbox.ts'
import { webhookSchema, type Webhook, type WebhookInput } from '#contract/nexudus/webhook.ts'

export type Account = 'admin' | 'named' | 'manager' | 'viewer' | 'totp' | 'norole' | 'reset'

export const PASSWORD = 'sandbox'
export const emailOf = (account: Account) => `${account}@hookdesk.test`

/** Two of the locations that every network has; the manager has both. */
export const SHOREDITCH = { id: 1_400_000_002, name: 'Northlight Shoreditch' }
export const ANCOATS = { id: 1_400_000_003, name: 'Northlight Ancoats' }
/** One that the manager does not have. */
export const LISBON = { id: 1_400_000_005, name: 'Northlight Príncipe Real' }

/** The last of the published catalogue. */
const LAST_ACTION = 90

const tokenSchema = z.object({ access_token: z.string() })
const createdSchema = z.object({ Value: z.object({ Id: z.number() }) })
const listSchema = z.object({ Records: z.array(z.looseObject({ Id: z.number() })) })
const callsSchema = z.array(
  z.object({
    method: z.string(),
    path: z.string(),
    status: z.nullable(z.number()),
    body: z.unknown().optional(),
  }),
)

const tallySchema = z.object({
  webhooks: z.array(
    z.object({
      webhookId: z.number(),
      ...{ accepted: z.number(), delivered: z.number(), waiting: z.number() },
      ...{ parked: z.number(), dead: z.number(), stops: z.number() },
      attempts: z.object({
        ...{ succeeded: z.number(), failed: z.number(), counted: z.number(), unknown: z.number() },
      }),
    }),
  ),
})

/** What the sandbox can be told to do wrong; see its `/sandbox/faults/kinds`. */
export type FaultOrder = {
  kind: string
  method?: string
  path?: string
  times?: number
  delayMs?: number
  retryAfter?: number
  waitText?: number
  status?: number
  errors?: { PropertyName: string; Message: string; AttemptedValue?: unknown }[]
  message?: string
  values?: Record<string, Record<string, unknown>>
}

export type Sandbox = Awaited<ReturnType<typeof openSandbox>>

/** The sandbox as anybody can use it: the documented API, and its controls, as an administrator. */
export async function openSandbox(url: string) {
  const form = { grant_type: 'password', username: emailOf('admin'), password: PASSWORD }
  const answer = await fetch(`${url}/api/token`, {
    method: 'POST',
    headers: { client_id: `e2e-${randomUUID()}` },
    body: new URLSearchParams(form),
  })
  const token = tokenSchema.parse(await answer.json()).access_token

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    return response.json()
  }

  const readWebhook = async (id: number): Promise<Webhook> =>
    webhookSchema.parse(await call('GET', `/api/sys/webhooks/${id}`))

  const listIds = async (query: Record<string, string>) => {
    const search = new URLSearchParams({ page: '1', size: '1000', ...query })
    return listSchema.parse(await call('GET', `/api/sys/webhooks?${search}`)).Records
  }

  const readCalls = async () => callsSchema.parse(await call('GET', '/sandbox/calls'))

  return {
    readWebhook,

    /** Creates a webhook with a name of its own, and answers the record. */
    async seedWebhook(input: Partial<WebhookInput> = {}): Promise<Webhook> {
      const fresh: WebhookInput = {
        BusinessId: SHOREDITCH.id,
        Action: 6,
        Name: uniqueName(),
        URL: `https://receiver.example.com/${randomUUID()}`,
        Description: '',
        Active: true,
      }
      // those beyond the catalogue are refused, unless it is told to take them
      const unknownActions = (input.Action ?? 0) > LAST_ACTION ? 'taken' : 'refused'
      await call('PUT', '/sandbox/switches', { unknownActions })
      const made = await call('POST', '/api/sys/webhooks', { ...fresh, ...input })
      return readWebhook(createdSchema.parse(made).Value.Id)
    },

    /** What somebody else does meanwhile, past the desk. */
    async changeWebhook(id: number, change: Partial<WebhookInput>) {
      await call('PUT', '/api/sys/webhooks', { ...(await readWebhook(id)), ...change })
    },

    async deleteWebhook(id: number) {
      await call('DELETE', `/api/sys/webhooks/${id}`)
    },

    async deleteEveryWebhook() {
      for (const { Id } of await listIds({})) await call('DELETE', `/api/sys/webhooks/${Id}`)
    },

    /** Every webhook with this name: one, if nothing was made twice. */
    async webhooksNamed(name: string): Promise<Webhook[]> {
      const found = await listIds({ WebHook_Name: name })
      const all = await Promise.all(found.map(({ Id }) => readWebhook(Id)))
      return all.filter(({ Name }) => Name === name)
    },

    async webhooksAt(BusinessId: number): Promise<{ Id: number }[]> {
      return listIds({ WebHook_Business: String(BusinessId) })
    },

    /** One that was sown as stopped after too many failures, and that no test has resumed yet. */
    async findStopped(): Promise<Webhook> {
      for (const { Id } of await listIds({ WebHook_Active: 'false' })) {
        const webhook = await readWebhook(Id)
        if (!webhook.Active && (webhook.ErrorCount ?? 0) >= 10) return webhook
      }
      throw new Error('No stopped webhook is left')
    },

    totp: async () => (await fetch(`${url}/sandbox/totp`)).text(),
    fault: (order: FaultOrder) => call('POST', '/sandbox/faults', order),
    clearFaults: () => call('DELETE', '/sandbox/faults'),
    clearCalls: () => call('DELETE', '/sandbox/calls'),
    calls: readCalls,
    /** The writes of webhooks that arrived, in their order. */
    async writes() {
      const calls = await readCalls()
      return calls.filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/sys/'))
    },
    /** Something happens at a location; answers for how many webhooks. */
    async raise(BusinessId: number, Action: number, record?: Record<string, unknown>) {
      const answer = await call('POST', '/sandbox/events', { BusinessId, Action, record })
      return eventAnswerSchema.parse(answer).Deliveries.length
    },
    tell: (receiver: string, answer: string) =>
      call('PUT', `/sandbox/receivers/${receiver}`, { answer }),
    tally: async () => tallySchema.parse(await call('GET', '/sandbox/tally')).webhooks,
    setSwitches: (switches: Record<string, string>) => call('PUT', '/sandbox/switches', switches),
  }
}

export const uniqueName = () => `E2E ${randomUUID()}`
