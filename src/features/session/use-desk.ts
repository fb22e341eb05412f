import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { DeskState, SignedIn } from '#contract/desk/desk.ts'
import { may, type WebhookRole } from '#contract/nexudus/rights.ts'

import { sessionQueries } from './session-queries.ts'

/** The desk's state for the signed-in person. Use only below the guard that requires a sign-in. */
export function useDesk(): DeskState & { session: SignedIn } {
  const { data } = useQuery(sessionQueries.state())
  if (!data?.session) throw new Error('useDesk is for signed-in people only')
  return { ...data, session: data.session }
}

/** True if the account may use the role, as far as is known. */
export const useMay = (role: WebhookRole): boolean => may(useDesk().session.rights, role)

/** True if the account may use a part of a plan at least. */
export function useMayImport(): boolean {
  const mayCreate = useMay('WebHook-Create')
  const mayEdit = useMay('WebHook-Edit')
  return mayCreate || mayEdit
}

/**
 * True from the first moment on at which the account may use the role. A right that is taken away
 * meanwhile must not take away the form into which somebody types; saving is refused then.
 */
export function useMayOnce(role: WebhookRole): boolean {
  const mayNow = useMay(role)
  const [couldOnce, setCouldOnce] = useState(mayNow)
  if (mayNow && !couldOnce) setCouldOnce(true)
  return couldOnce
}
