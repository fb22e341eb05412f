import { findAction } from '#contract/actions/actions.ts'
import { parseAddress } from '#contract/address/address.ts'

import type { Place } from './plan.ts'
import type { FanOutSearch } from './search.ts'

export type Wanted = {
  cells: Place[] | undefined
  copy: number[] | undefined
  locations: number[]
  actions: number[]
  url: string
  /** What of the link means nothing here, in sentences. */
  dropped: string[]
}

/** Reads what a link asks for. `isUsable` knows the locations the person has. */
export function readFanOutSearch(
  search: FanOutSearch,
  isUsable: (location: number) => boolean,
): Wanted {
  const dropped: string[] = []
  const keep = (isGood: boolean, text: string) => {
    if (!isGood) dropped.push(text)
    return isGood
  }
  const isLocation = (id: number) => Number.isSafeInteger(id) && id > 0 && isUsable(id)
  const isAction = (number: number) => findAction(number)?.group != null

  const cells = words(search.cells).flatMap((word) => {
    const [BusinessId = NaN, Action = NaN, ...rest] = word.split(':').map(Number)
    const isCell = rest.length === 0 && isLocation(BusinessId) && isAction(Action)
    return keep(isCell, `Ignored a cell in the link: it does not exist here (${word}).`)
      ? { BusinessId, Action }
      : []
  })
  const copy = words(search.copy).flatMap((word) => {
    const id = Number(word)
    const isId = Number.isSafeInteger(id) && id > 0
    return keep(isId, `Ignored a webhook in the link: this is not a webhook id (${word}).`)
      ? id
      : []
  })
  const locations = words(search.locations).flatMap((word) =>
    keep(isLocation(Number(word)), `Ignored a location in the link: you do not have it (${word}).`)
      ? Number(word)
      : [],
  )
  const actions = words(search.actions).flatMap((word) =>
    keep(
      isAction(Number(word)),
      `Ignored an action in the link: Hookdesk does not know it (${word}).`,
    )
      ? Number(word)
      : [],
  )
  // a link is passed around; a password in it would be too
  const isSafe = keep(
    !hasPassword(search.url ?? ''),
    'Ignored the URL in the link: it contains a password.',
  )
  return {
    cells: cells.length > 0 ? unique(cells) : undefined,
    copy: copy.length > 0 ? [...new Set(copy)] : undefined,
    locations,
    actions,
    url: isSafe ? (search.url ?? '') : '',
    dropped,
  }
}

const words = (text: string | undefined) => text?.split(',').filter(Boolean) ?? []

function unique(cells: Place[]): Place[] {
  const byKey = new Map(cells.map((cell) => [`${cell.BusinessId}:${cell.Action}`, cell]))
  return [...byKey.values()]
}

function hasPassword(address: string): boolean {
  const url = parseAddress(address)
  return url !== undefined && (url.username !== '' || url.password !== '')
}
