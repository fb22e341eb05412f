import { findAction } from '#contract/actions/actions.ts'
import { hasPassword } from '#contract/address/address.ts'
import { searchReader, wholeNumber } from '#ui/hooks/search-params.ts'

import type { Place } from './plan.ts'
import type { FanOutSearch } from './search.ts'

export type Wanted = {
  cells: Place[] | undefined
  copy: number[] | undefined
  locations: number[]
  actions: number[]
  url: string
  /** The parts of the link that are not understood, in sentences. */
  dropped: string[]
}

/** Reads a link. `isUsable` knows the locations that the person may use. */
export function readFanOutSearch(
  search: FanOutSearch,
  isUsable: (location: number) => boolean,
): Wanted {
  const { one, list, dropped } = searchReader(search, (name, word) => DROPPED[name](word))
  const locationOf = wholeNumber(isUsable)
  const actionOf = wholeNumber((number) => findAction(number)?.group != null)
  const cellOf = (word: string): Place | undefined => {
    const [location = '', action = '', ...rest] = word.split(':')
    const [BusinessId, Action] = [locationOf(location), actionOf(action)]
    return BusinessId && Action && rest.length === 0 ? { BusinessId, Action } : undefined
  }

  const cells = list('cells', cellOf)
  const copy = list('copy', wholeNumber())
  return {
    cells: cells.length > 0 ? unique(cells) : undefined,
    copy: copy.length > 0 ? [...new Set(copy)] : undefined,
    locations: list('locations', locationOf),
    actions: list('actions', actionOf),
    url: one('url', (url) => (hasPassword(url) ? undefined : url)) ?? '',
    dropped,
  }
}

const DROPPED: Record<keyof FanOutSearch, (word: string) => string> = {
  cells: (word) => `Ignored a cell in the link: it does not exist here (${word}).`,
  copy: (word) => `Ignored a webhook in the link: this is not a webhook id (${word}).`,
  locations: (word) => `Ignored a location in the link: you do not have it (${word}).`,
  actions: (word) => `Ignored an action in the link: Hookdesk does not know it (${word}).`,
  url: () => 'Ignored the URL in the link: it contains a password.',
}

function unique(cells: Place[]): Place[] {
  const byKey = new Map(cells.map((cell) => [`${cell.BusinessId}:${cell.Action}`, cell]))
  return [...byKey.values()]
}
