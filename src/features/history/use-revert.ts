import { useMutation } from '@tanstack/react-query'

import type { HistoryEntry } from '#contract/desk/history.ts'
import { editFleet, showInFleet } from '#fleet/fleet-cache.ts'
import { revertEntry } from '#fleet/revert-entry.ts'
import { webhookQueries } from '#fleet/webhook-queries.ts'

import { historyQueries } from './history-queries.ts'

type Revert = { entry: HistoryEntry; key: string }

/** Reverts an entry, and shows the resulting webhook wherever it is on the page. */
export function useRevert() {
  return useMutation({
    mutationKey: webhookQueries.all(),
    mutationFn: ({ entry, key }: Revert) => revertEntry(entry.id, key),
    onSuccess: ({ webhook, facts }, { entry }, _result, { client }) => {
      if (webhook) {
        client.setQueryData(webhookQueries.detail(webhook.Id).queryKey, webhook)
        showInFleet(client, webhook, facts)
        return
      }
      editFleet(client, (rows) => rows.filter(({ Id }) => Id !== entry.webhookId))
      client.removeQueries({ queryKey: webhookQueries.detail(entry.webhookId).queryKey })
    },
    onSettled: (_reverted, _error, _revert, _result, { client }) => {
      void client.invalidateQueries({ queryKey: webhookQueries.fleet().queryKey })
      void client.invalidateQueries({ queryKey: historyQueries.all() })
    },
  })
}
