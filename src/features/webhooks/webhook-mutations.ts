import { useMutation, type QueryClient } from '@tanstack/react-query'

import { ApiError } from '#api/failure.ts'
import type { Changed, ChangeRequest } from '#contract/desk/desk.ts'
import type { Facts } from '#contract/nexudus/health.ts'
import type { Webhook, WebhookInput, WebhookRow } from '#contract/nexudus/webhook.ts'
import { editFleet, showInFleet } from '#fleet/fleet-cache.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'

import { changeWebhook, createWebhook, removeWebhook } from './webhook-api.ts'

type Create = { input: WebhookInput; key: string }
type Change = { id: number; request: ChangeRequest; key: string }
/** `was` is the state that the person saw; `null` if it could not be read. */
type ActiveChange = { id: number; was: boolean | null; active: boolean }
type Remove = { webhook: WebhookRow; key: string }

export function useCreateWebhook() {
  return useMutation({
    mutationKey: webhookQueries.all(),
    mutationFn: ({ input, key }: Create) => createWebhook(input, key),
    onSuccess: (changed, _create, _result, { client }) => showChanged(client, changed),
  })
}

export function useChangeWebhook() {
  return useMutation({
    mutationKey: webhookQueries.all(),
    mutationFn: ({ id, request, key }: Change) => changeWebhook(id, request, key),
    onSuccess: (changed, _change, _result, { client }) => showChanged(client, changed),
  })
}

export function useRemoveWebhook() {
  return useMutation({
    mutationKey: webhookQueries.all(),
    mutationFn: ({ webhook, key }: Remove) =>
      removeWebhook(webhook.Id, { Name: webhook.Name, URL: webhook.URL }, key),
    onSuccess: (_removed, { webhook }, _result, { client }) => {
      editFleet(client, (rows) => rows.filter(({ Id }) => Id !== webhook.Id))
      client.removeQueries({ queryKey: webhookQueries.detail(webhook.Id).queryKey })
    },
    // deleted, or not visible to this account: either way it leaves the list
    onError: (error, { webhook }, _result, { client }) => {
      if (!(error instanceof ApiError) || error.code !== 'not_found') return
      editFleet(client, (rows) => rows.filter(({ Id }) => Id !== webhook.Id))
    },
  })
}

/** Switches a webhook on or off. Until it is done, `useSwitching` shows the wanted state. */
export function useSetWebhookActive() {
  return useMutation({
    mutationKey: webhookQueries.all(),
    // one after another, so that two quick presses cannot land in the wrong order
    scope: { id: 'webhooks' },
    mutationFn: ({ id, was, active }: ActiveChange) =>
      changeWebhook(id, { seen: { Active: was }, change: { Active: active } }, crypto.randomUUID()),
    onSuccess: (changed, _change, _result, { client }) => showChanged(client, changed),
  })
}

const showChanged = (client: QueryClient, { webhook, facts }: Changed) =>
  showTrue(client, webhook, facts)

/** Shows a record as Nexudus has it now, in the list and wherever it is open. */
export function showTrue(client: QueryClient, webhook: Webhook, facts?: Facts) {
  client.setQueryData(webhookQueries.detail(webhook.Id).queryKey, webhook)
  showInFleet(client, webhook, facts)
  // a reading that began before this change would end with the old record
  const { queryKey } = webhookQueries.fleet()
  if (client.isFetching({ queryKey }) > 0) void client.invalidateQueries({ queryKey })
}
