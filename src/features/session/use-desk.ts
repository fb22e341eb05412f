import { useQuery } from '@tanstack/react-query'

import type { DeskState, SignedIn } from '#contract/desk/desk.ts'
import { may, type WebhookRole } from '#contract/nexudus/rights.ts'

import { sessionQueries } from './session-queries.ts'

/** The desk as the signed-in person has it. Only below the guard that lets nobody else in. */
export function useDesk(): DeskState & { session: SignedIn } {
  const { data } = useQuery(sessionQueries.state())
  if (!data?.session) throw new Error('useDesk is for signed-in people only')
  return { ...data, session: data.session }
}

/** Whether the account may do what the role is for, as far as is known. */
export const useMay = (role: WebhookRole): boolean => may(useDesk().session.rights, role)
