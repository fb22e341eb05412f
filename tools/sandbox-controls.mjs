import { randomUUID } from 'node:crypto'

import * as z from 'zod'

import { emailOf, PASSWORD, SHOREDITCH, uniqueName } from '#tools/network.mjs'

/** @import { WebhookInput } from '#contract/nexudus/webhook.ts' */

/** The last action of the published catalogue. */
const LAST_ACTION = 90

const tokenSchema = z.object({ access_token: z.string() })
const createdSchema = z.object({ Value: z.object({ Id: z.number() }) })
const listSchema = z.object({ Records: z.array(z.looseObject({ Id: z.number() })) })

const text = z.string().nullable().catch(null)
/** A webhook as the sandbox stores it. The sandbox may answer with odd values for a test. */
const webhookSchema = z.looseObject({
  Id: z.number(),
  BusinessId: z.number(),
  Action: z.number().catch(-1),
  Name: z.string().catch(''),
  URL: z.string().catch(''),
  Description: text,
  Active: z.boolean().nullable().catch(null),
  ErrorCount: z.number().nullable().catch(null),
  LastError: text,
  LastTrigger: text,
  UpdatedOn: text,
  UpdatedBy: text,
})
/** @typedef {z.infer<typeof webhookSchema>} Webhook */

const callsSchema = z.array(
  z.object({
    method: z.string(),
    path: z.string(),
    status: z.nullable(z.number()),
    body: z.unknown().optional(),
  }),
)

const mailsSchema = z.object({
  mails: z.array(z.object({ to: z.array(z.string()), subject: z.string(), text: z.string() })),
})

const eventSchema = z.object({ Deliveries: z.array(z.unknown()) })

const tallySchema = z.object({
  webhooks: z.array(
    z.object({
      webhookId: z.number(),
      accepted: z.number(),
      delivered: z.number(),
      waiting: z.number(),
      parked: z.number(),
      dead: z.number(),
      stops: z.number(),
      attempts: z.object({
        succeeded: z.number(),
        failed: z.number(),
        counted: z.number(),
        unknown: z.number(),
      }),
    }),
  ),
})

/**
 * An order to do something wrong; see its `/sandbox/faults/kinds`.
 *
 * @typedef {object} FaultOrder
 * @property {string} kind
 * @property {string} [method]
 * @property {string} [path]
 * @property {number} [times]
 * @property {number} [delayMs]
 * @property {number} [retryAfter]
 * @property {number} [waitText]
 * @property {number} [status]
 * @property {{ PropertyName: string, Message: string, AttemptedValue?: unknown }[]} [errors]
 * @property {string} [message]
 * @property {Record<string, Record<string, unknown>>} [values]
 *
 * @typedef {Awaited<ReturnType<typeof openSandbox>>} Sandbox
 */

/**
 * A token of the administrator, obtained as any program does.
 *
 * @param {string} url
 */
export async function signInToSandbox(url) {
  const form = { grant_type: 'password', username: emailOf('admin'), password: PASSWORD }
  const answer = await fetch(`${url}/api/token`, {
    method: 'POST',
    headers: { client_id: `tools-${randomUUID()}` },
    body: new URLSearchParams(form),
  })
  return tokenSchema.parse(await answer.json()).access_token
}

/**
 * The sandbox as every program can use it: the documented API, and its controls, as an
 * administrator.
 *
 * @param {string} url
 */
export async function openSandbox(url) {
  const token = await signInToSandbox(url)

  /** @type {(method: string, path: string, body?: unknown) => Promise<unknown>} */
  async function call(method, path, body) {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    return response.json()
  }

  const readWebhook = async (/** @type {number} */ id) =>
    webhookSchema.parse(await call('GET', `/api/sys/webhooks/${id}`))

  const listIds = async (/** @type {Record<string, string>} */ query) => {
    const search = new URLSearchParams({ page: '1', size: '1000', ...query })
    return listSchema.parse(await call('GET', `/api/sys/webhooks?${search}`)).Records
  }

  const readCalls = async () => callsSchema.parse(await call('GET', '/sandbox/calls'))

  const setSwitches = (/** @type {Record<string, string>} */ switches) =>
    call('PUT', '/sandbox/switches', switches)

  /**
   * Every webhook with this name: one, if none was created twice.
   *
   * @param {string} name
   */
  async function webhooksNamed(name) {
    const found = await listIds({ WebHook_Name: name })
    const all = await Promise.all(found.map(({ Id }) => readWebhook(Id)))
    return all.filter(({ Name }) => Name === name)
  }

  return {
    readWebhook,
    /** Ids of webhooks, at most a thousand. */
    listIds,

    /**
     * Creates a webhook with a unique name, and returns the record.
     *
     * @param {Partial<WebhookInput>} input
     */
    async seedWebhook(input = {}) {
      const fresh = {
        BusinessId: SHOREDITCH.id,
        Action: 6,
        Name: uniqueName(),
        URL: `https://receiver.example.com/${randomUUID()}`,
        Description: '',
        Active: true,
      }
      // the sandbox refuses actions beyond the catalogue unless it is told to accept them
      const unknownActions = (input.Action ?? 0) > LAST_ACTION ? 'taken' : 'refused'
      await setSwitches({ unknownActions })
      const made = await call('POST', '/api/sys/webhooks', { ...fresh, ...input })
      return readWebhook(createdSchema.parse(made).Value.Id)
    },

    /**
     * Writes the whole record directly in the sandbox, as another person's change.
     *
     * @param {number} id
     * @param {Partial<WebhookInput>} change
     */
    async changeWebhook(id, change) {
      await call('PUT', '/api/sys/webhooks', { ...(await readWebhook(id)), ...change })
    },

    /** @param {number} id */
    async deleteWebhook(id) {
      await call('DELETE', `/api/sys/webhooks/${id}`)
    },

    async deleteEveryWebhook() {
      for (const { Id } of await listIds({})) await call('DELETE', `/api/sys/webhooks/${Id}`)
    },

    webhooksNamed,

    /**
     * The webhook of this name in the sample network.
     *
     * @param {string} name
     */
    async findWebhook(name) {
      const [found] = await webhooksNamed(name)
      if (!found) throw new Error(`The sandbox has no webhook “${name}”`)
      return found
    },

    /** Mail in the sandbox's mail box, newest first. */
    mails: async () => mailsSchema.parse(await call('GET', '/sandbox/mails')).mails,

    /** @param {number} BusinessId */
    webhooksAt: (BusinessId) => listIds({ WebHook_Business: String(BusinessId) }),

    /** A sample webhook that stopped after too many failures, and that no test has resumed yet. */
    async findStopped() {
      for (const { Id } of await listIds({ WebHook_Active: 'false' })) {
        const webhook = await readWebhook(Id)
        if (!webhook.Active && (webhook.ErrorCount ?? 0) >= 10) return webhook
      }
      throw new Error('No stopped webhook is left')
    },

    totp: async () => (await fetch(`${url}/sandbox/totp`)).text(),
    /** @param {FaultOrder} order */
    fault: (order) => call('POST', '/sandbox/faults', order),
    clearFaults: () => call('DELETE', '/sandbox/faults'),
    clearCalls: () => call('DELETE', '/sandbox/calls'),
    calls: readCalls,
    /** Writes of webhooks that arrived, in order. */
    async writes() {
      const calls = await readCalls()
      return calls.filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/sys/'))
    },
    /**
     * Fires an action at a location; returns the number of webhooks.
     *
     * @param {number} BusinessId
     * @param {number} Action
     * @param {Record<string, unknown>} [record]
     */
    async raise(BusinessId, Action, record) {
      const answer = await call('POST', '/sandbox/events', { BusinessId, Action, record })
      return eventSchema.parse(answer).Deliveries.length
    },
    /**
     * @param {string} receiver
     * @param {string} answer
     */
    tell: (receiver, answer) => call('PUT', `/sandbox/receivers/${receiver}`, { answer }),
    tally: async () => tallySchema.parse(await call('GET', '/sandbox/tally')).webhooks,
    setSwitches,
  }
}
