import { useMutation, type QueryClient } from '@tanstack/react-query'

import type { ChangeRequest } from '#contract/desk.ts'
import type { Webhook, WebhookInput, WebhookRow } from '#contract/webhook.ts'

import { editFleet, editRow, showInFleet } from './fleet-cache.ts'
import { changeWebhook, createWebhook, removeWebhook } from './webhook-api.ts'
import { webhookQueries } from './webhook-queries.ts'

type Create = { input: WebhookInput; key: string }
type Change = { id: number; request: ChangeRequest; key: string }
type ActiveChange = { webhook: WebhookRow; active: boolean }
type Remove = { webhook: WebhookRow; key: string }

export function useCreateWebhook() {
  return useMutation({
    mutationKey: webhookQueries.all(),
    mutationFn: ({ input, key }: Create) => createWebhook(input, key),
    onSuccess: (webhook, _create, _result, { client }) => showTrue(client, webhook),
  })
}

export function useChangeWebhook() {
  return useMutation({
    mutationKey: webhookQueries.all(),
    mutationFn: ({ id, request, key }: Change) => changeWebhook(id, request, key),
    onSuccess: (webhook, _change, _result, { client }) => showTrue(client, webhook),
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
  })
}

/** Switches a webhook on or off, and shows it before Nexudus has confirmed it. */
export function useSetWebhookActive() {
  return useMutation({
    mutationKey: webhookQueries.all(),
    // one after another, so that two quick presses cannot land in the wrong order
    scope: { id: 'webhooks' },
    mutationFn: ({ webhook, active }: ActiveChange) =>
      changeWebhook(
        webhook.Id,
        { seen: { Active: !active }, change: { Active: active } },
        crypto.randomUUID(),
      ),
    onMutate: async ({ webhook, active }, { client }) => {
      await client.cancelQueries({ queryKey: webhookQueries.fleet().queryKey })
      editRow(client, webhook.Id, (row) => ({ ...row, Active: active }))
    },
    // puts back this row, not the whole list: its neighbours may be mid-change too
    onError: (_error, { webhook }, _result, { client }) => {
      editRow(client, webhook.Id, (row) => ({ ...row, Active: webhook.Active }))
    },
    onSuccess: (webhook, _change, _result, { client }) => showTrue(client, webhook),
  })
}

/** Shows a record as Nexudus has it now, in the list and wherever it is open. */
export function showTrue(client: QueryClient, webhook: Webhook) {
  client.setQueryData(webhookQueries.detail(webhook.Id).queryKey, webhook)
  showInFleet(client, webhook)
}
