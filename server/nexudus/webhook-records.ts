import { parse, stringify } from 'lossless-json'
import * as z from 'zod/mini'

import { commandSchema, createdValueSchema } from '#contract/nexudus/command.ts'
import { isDuplicate } from '#contract/nexudus/duplicate.ts'
import { refusalSchema, type FieldError } from '#contract/nexudus/errors.ts'
import { lacking, type ListReading } from '#contract/nexudus/page.ts'
import {
  webhookRowSchema,
  webhookSchema,
  type Webhook,
  type WebhookInput,
  type WebhookRow,
} from '#contract/nexudus/webhook.ts'
import { storable } from '#platform/db/storable.ts'
import { Failed } from '#platform/http/failure.ts'

import type { AccountCall } from './account.ts'
import type { Answer } from './answer.ts'
import { TRIES } from './call.ts'
import { listOf } from './list.ts'
import { mayPass } from './upstream.ts'

const recordSchema = z.record(z.string(), z.unknown())

/** A record: parsed to look at, and as text so that a write loses nothing of it. */
export type Read = { webhook: Webhook; text: string }

/** The record for the history: as Nexudus gave it, unknown fields included. */
export const asRow = ({ text }: Read): Record<string, unknown> =>
  recordSchema.parse(JSON.parse(text, (_name, value: unknown) => storable(value)))

const PATH = '/api/sys/webhooks'

/** A 500 may mean that there is no such record, and then more attempts tell nothing. */
const TRIES_BEFORE_THE_LIST = 2

/**
 * The record, or `undefined` if there is none. Nexudus answers 404 then, or 500; after a 500 its
 * list decides.
 */
export async function findRecord(call: AccountCall, id: number): Promise<Read | undefined> {
  const read = { method: 'GET', path: `${PATH}/${id}`, role: 'WebHook-Read' } as const
  const answer = await call({ ...read, tries: TRIES_BEFORE_THE_LIST }).catch(
    async (error: unknown) => {
      if (!(error instanceof Failed) || !mayPass(error)) throw error
      const may500 = error.details.upstreamStatus === 500
      if (may500 && !(await isListed(call, id).catch(() => true))) return undefined
      return call({ ...read, tries: TRIES - TRIES_BEFORE_THE_LIST })
    },
  )
  if (!answer || answer.status === 404) return undefined

  const parsed = z.safeParse(webhookSchema, answer.json)
  if (answer.status === 200 && parsed.success) return { webhook: parsed.data, text: answer.text }
  throw unexpected(answer)
}

/** The record, which must exist. */
export async function getRecord(call: AccountCall, id: number): Promise<Read> {
  const read = await findRecord(call, id)
  if (!read) throw noSuchWebhook()
  return read
}

/** Nexudus gives the same answer for a deleted webhook and for one that the account may not see. */
export const noSuchWebhook = () => new Failed('not_found', { reason: 'webhook' })

/**
 * Writes the whole record back with `change` in it. A PUT replaces everything, so every field that
 * was read is sent, unknown ones included, and numbers to their last digit.
 */
export async function putRecord(call: AccountCall, { text }: Read, change: Partial<WebhookInput>) {
  const body = stringify({ ...asObject(parse(text)), ...asWritten(change) })
  if (body === undefined) throw new TypeError('The record cannot be written as JSON')
  await write(call, { method: 'PUT', path: PATH, body, role: 'WebHook-Edit' })
}

/** Creates a record and returns its id, or `undefined` if Nexudus did not give it. */
export async function postRecord(
  call: AccountCall,
  input: WebhookInput,
): Promise<number | undefined> {
  const body = JSON.stringify(asWritten(input))
  const command = await write(call, { method: 'POST', path: PATH, body, role: 'WebHook-Create' })
  const value = z.safeParse(createdValueSchema, command?.Value)
  return value.success ? value.data.Id : undefined
}

/** Deletes a record; one that is gone already counts as deleted. */
export async function deleteRecord(call: AccountCall, id: number) {
  await write(call, { method: 'DELETE', path: `${PATH}/${id}`, role: 'WebHook-Delete' })
}

/** The duplicates of `input`, whatever their names. */
export async function findDuplicates(
  call: AccountCall,
  input: WebhookInput,
): Promise<WebhookRow[]> {
  const { BusinessId, Action } = input
  const filters = { WebHook_Business: String(BusinessId), WebHook_Action: String(Action) }
  const { rows } = await listRecords(call, filters)
  return rows.filter((row) => isDuplicate(row, input))
}

/**
 * The current list; callers compare every row, even of a filtered list. Rows lack the description.
 */
export const listRecords = (
  call: AccountCall,
  filters: Record<string, string> = {},
): Promise<ListReading<WebhookRow>> =>
  listOf(webhookRowSchema, {
    path: PATH,
    filters,
    get: (path) => call({ method: 'GET', path, role: 'WebHook-List' }),
  })

/** True if the list has the record, or may have it among rows that did not come. */
async function isListed(call: AccountCall, id: number): Promise<boolean> {
  const list = await listRecords(call, { Id: String(id) })
  return list.rows.some((row) => row.Id === id) || list.unreadable > 0 || lacking(list) > 0
}

/** Turns an empty description into none: Nexudus writes `null` for it. */
const asWritten = <Input extends Partial<WebhookInput>>(input: Input) =>
  input.Description === '' ? { ...input, Description: null } : input

type Write = { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: string; role: string }

async function write(call: AccountCall, { body, ...rest }: Write) {
  const answer = await call(
    body === undefined ? rest : { ...rest, body, headers: { 'content-type': 'application/json' } },
  )
  if (answer.status === 404) {
    if (rest.method === 'DELETE') return undefined
    throw noSuchWebhook()
  }

  if (answer.status === 400) {
    // also reads a refusal that has its reasons, but not the rest of the envelope
    const refusal = z.safeParse(refusalSchema, answer.json).data
    throw refused(refusal?.Message, refusal?.Errors ?? [])
  }
  if (answer.status === 204) return undefined

  const parsed = z.safeParse(commandSchema, answer.json)
  if (!parsed.success || answer.status !== 200) {
    // only a refusal is certain to have changed nothing
    throw unexpected(answer, answer.status < 400 ? { outcome: 'unknown' } : {})
  }
  const { WasSuccessful, Message, Errors } = parsed.data
  if (!WasSuccessful) throw refused(Message, Errors ?? [])
  return parsed.data
}

function refused(message: string | null | undefined, Errors: FieldError[]): Failed {
  const said = message?.trim()
  return new Failed('refused', { reason: 'by_nexudus', Errors, ...(said && { said }) })
}

const unexpected = ({ status }: Answer, details: { outcome?: 'unknown' } = {}) =>
  new Failed('upstream_error', { reason: 'unknown_answer', ...details, upstreamStatus: status })

/** Parsed again without loss: numbers of any size stay as they were. */
function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError('A record is an object')
  return { ...value }
}
