import { Suspense } from 'react'

import { findActionDetails } from '#contract/actions/action-details.ts'
import { actionApiName, findAction } from '#contract/actions/actions.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { lazyPart } from '#ui/feedback/load-part.ts'

import classes from './payload-sample.module.css'

// loaded on demand: it is the largest part of the panel, and the least used
const PayloadSample = lazyPart(() => import('./payload-sample.tsx'), 'PayloadSample')

/** A sample of what the action sends, folded. */
export function ActionSample({ action }: { action: number }) {
  if (!findAction(action)?.group) return null
  return (
    <Disclosure summary="Data it sends" className={classes.details}>
      {() => (
        <Suspense fallback={<p>Loading …</p>}>
          <PayloadSample action={action} />
        </Suspense>
      )}
    </Disclosure>
  )
}

/** Says when the action fires only if that is known: a wrong sentence is worse than none. */
export function whenItFires(number: number): string {
  if (number === UNREAD_ACTION) return 'Hookdesk cannot read the action of this webhook.'
  if (!findAction(number)) return 'Hookdesk does not know this action.'
  const fires = findActionDetails(number)?.fires ?? 'Nexudus does not document the exact moment.'
  return `${actionApiName(number)}. ${fires}`
}

/** The same beside a field, where an action that is not known stays as it is. */
export function describeAction(number: number): string {
  if (!number) return 'When should it fire?'
  const fires = whenItFires(number)
  if (number === UNREAD_ACTION) return `${fires} It stays as it is until you choose one.`
  return findAction(number) ? fires : `${fires} It stays as it is.`
}
