import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { useMay } from '#features/session/use-desk.ts'
import { explainFailure, explainOutcome } from '#fleet/failure-words.ts'
import { revertEntry } from '#fleet/revert-entry.ts'
import { paths } from '#paths'
import { useNotices, type Notice } from '#ui/feedback/notices.tsx'

import { showTrue } from './webhook-mutations.ts'

/** Offers to restore a deleted webhook in its notice; needs the role and an entry to revert. */
export function useRestore() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { notify } = useNotices()
  const mayCreate = useMay('WebHook-Create')

  async function restore(entry: number, name: string, key: string) {
    try {
      const { webhook, facts } = await revertEntry(entry, key)
      if (!webhook) return
      showTrue(client, webhook, facts)
      notify({
        text: `Restored “${name}”, switched off. Its new id is ${webhook.Id}.`,
        action: { label: 'Open', run: () => void navigate(paths.webhook(webhook.Id)) },
      })
    } catch (error) {
      const text = `“${name}” was not restored: ${explainFailure(error)} ${explainOutcome(error)}`
      notify({ text, action: { label: 'Try again', run: () => void restore(entry, name, key) } })
    }
  }

  return function restoreAct(entry: number | null, name: string): Pick<Notice, 'action'> {
    if (entry === null || !mayCreate) return {}
    const key = crypto.randomUUID()
    return { action: { label: 'Restore', run: () => void restore(entry, name, key) } }
  }
}
