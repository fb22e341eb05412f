import { useMatch } from '@tanstack/react-router'

import { paths } from '#paths'
import { loadPart } from '#ui/feedback/load-part.ts'
import { useLater } from '#ui/hooks/later.ts'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'

/** Loads the panels that open beside the list or over it, and what else a press may show. */
const loadPanels = () =>
  [
    () => import('#features/webhooks/panel/edit-webhook-panel.tsx'),
    () => import('#features/webhooks/panel/new-webhook-panel.tsx'),
    () => import('#features/webhooks/bulk/bulk-bar.tsx'),
    () => import('./row-menu.tsx'),
    () => import('./nothing-here.tsx'),
  ].map((load) => loadPart<unknown>(load))

/**
 * Says what is open beside the list, and how. The panel first appears over the list; the list makes
 * room for it one frame later, because laying out the table again takes long.
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
