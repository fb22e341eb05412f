import { useEffect, useState } from 'react'

import type { ActionMatch } from '#contract/action-search.ts'
import { SELECTABLE_ACTIONS } from '#contract/actions.ts'
import { fold } from '#ui/fold.ts'

type Search = (query: string) => Pick<ActionMatch, 'action' | 'because'>[]

let whole: Search | undefined

const MOVES = ['pointermove', 'keydown', 'focusin'] as const

/**
 * The search of actions in the administrator's own words. It is 5 kB that nobody needs who only
 * looks at a webhook: it comes with the first move, and until then labels and names are searched.
 */
export function useActionSearch(): Search {
  const [search, setSearch] = useState<{ run: Search }>(() => ({ run: whole ?? searchPlainly }))
  useEffect(() => {
    if (whole) return undefined
    const load = () => {
      // without a network the plain one goes on
      loadWhole().then(
        (run) => setSearch({ run }),
        () => {},
      )
    }
    for (const move of MOVES) document.addEventListener(move, load, { once: true })
    return () => {
      for (const move of MOVES) document.removeEventListener(move, load)
    }
  }, [])
  return search.run
}

async function loadWhole(): Promise<Search> {
  const { searchActions } = await import('#contract/action-search.ts')
  whole = searchActions
  // its index takes a moment to make; no key press should pay for that
  requestIdleCallback?.(() => searchActions(''))
  return searchActions
}

function searchPlainly(query: string) {
  const needle = fold(query.trim())
  return SELECTABLE_ACTIONS.filter(({ label, name }) =>
    fold(`${label} ${name}`).includes(needle),
  ).map((action) => ({ action }))
}
