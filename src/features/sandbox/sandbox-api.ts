import * as z from 'zod/mini'

import { request } from '#api/request.ts'
import { type ReceiverAnswer } from '#contract/desk/receiver-answers.ts'
import {
  deliveriesSchema,
  eventAnswerSchema,
  inboxSchema,
  mailBoxSchema,
  receiversSchema,
  sandboxSettingsSchema,
  type SandboxSettings,
} from '#contract/desk/sandbox.ts'

const BASE = '/desk/sandbox'

export const getSettings = (signal: AbortSignal) =>
  request(sandboxSettingsSchema, `${BASE}/settings`, { signal })

export const changeSettings = (body: Partial<Omit<SandboxSettings, 'locations'>>) =>
  request(sandboxSettingsSchema, `${BASE}/settings`, { method: 'PUT', body })

export const setSecret = (location: number, sharedSecret: string | null) =>
  request(sandboxSettingsSchema, `${BASE}/locations/${location}/secret`, {
    method: 'PUT',
    body: { sharedSecret },
  })

export const raiseEvent = (body: { BusinessId: number; Action: number }) =>
  request(eventAnswerSchema, `${BASE}/events`, { method: 'POST', body })

export const listDeliveries = async (signal: AbortSignal) =>
  (await request(deliveriesSchema, `${BASE}/deliveries`, { signal })).deliveries

export const sendAgain = (id: number) =>
  request(z.object({ ok: z.boolean() }), `${BASE}/deliveries/${id}/again`, {
    method: 'POST',
    body: {},
  })

export const settleParked = (webhookId: number, act: 'replay' | 'drop') =>
  request(z.object({ settled: z.int() }), `${BASE}/webhooks/${webhookId}/parked`, {
    method: 'POST',
    body: { act },
  })

export const listReceived = async (signal: AbortSignal) =>
  (await request(inboxSchema, `${BASE}/inbox`, { signal })).received

export const emptyInbox = () => request(inboxSchema, `${BASE}/inbox`, { method: 'DELETE' })

export const listMails = async (signal: AbortSignal) =>
  (await request(mailBoxSchema, `${BASE}/mails`, { signal })).mails

export const emptyMailBox = () => request(mailBoxSchema, `${BASE}/mails`, { method: 'DELETE' })

export const listReceivers = async (signal: AbortSignal) =>
  (await request(receiversSchema, `${BASE}/receivers`, { signal })).receivers

export const tellReceiver = (name: string, answer: ReceiverAnswer) =>
  request(receiversSchema, `${BASE}/receivers/${encodeURIComponent(name)}`, {
    method: 'PUT',
    body: { answer },
  })
