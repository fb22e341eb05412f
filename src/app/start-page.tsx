import { Navigate } from '@tanstack/react-router'

import { useDesk } from '#features/session/use-desk.ts'
import { paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'

const AttentionPage = lazyPart(
  () => import('#features/attention/attention-page.tsx'),
  'AttentionPage',
)

/** The incidents, if this desk watches; else the list, which knows as much. */
export function StartPage() {
  const { watches } = useDesk()
  return watches ? <AttentionPage /> : <Navigate {...paths.webhooks()} replace />
}
