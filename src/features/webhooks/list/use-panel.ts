import { useMatch } from '@tanstack/react-router'

import { paths } from '#paths'
import { loadPart } from '#ui/feedback/load-part.ts'
import { useLater } from '#ui/hooks/later.ts'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'

/** What opens beside the list, or over it. */
const loadPanels = () =>
  [
    () => import('#features/webhooks/panel/edit-webhook-panel.tsx'),
    () => import('#features/webhooks/panel/new-webhook-panel.tsx'),
    () => import('#features/webhooks/bulk/bulk-bar.tsx'),
    () => import('./row-menu.tsx'),
  ].map((load) => loadPart<unknown>(load))

/**
 * What is open beside the list, and how: it comes up over the list, which makes room for it in a
 * frame of its own, because laying out the table again is what takes long.
 */
export function usePanel() {
  useLoadAhead(loadPanels)
  const open = useMatch({ from: paths.webhook.route, shouldThrow: false })
  const isNew = useMatch({ from: paths.newWebhook.route, shouldThrow: false }) !== undefined
  const isOpen = isNew || open !== undefined
  const isListNarrow = useLater(isOpen)
  const place = isOpen ? (isListNarrow ? 'beside' : 'over') : undefined
  return { place, id: open ? Number(open.params.id) : undefined }
}
