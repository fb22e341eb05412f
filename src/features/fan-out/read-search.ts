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
    return keep(isCell, `The link named a cell that does not exist here (${word}).`)
      ? { BusinessId, Action }
      : []
  })
  const copy = words(search.copy).flatMap((word) => {
    const id = Number(word)
    const isId = Number.isSafeInteger(id) && id > 0
    return keep(isId, `The link named a webhook that cannot be (${word}).`) ? id : []
  })
  const locations = words(search.locations).flatMap((word) =>
    keep(isLocation(Number(word)), `The link named a location you do not have (${word}).`)
      ? Number(word)
      : [],
  )
  const actions = words(search.actions).flatMap((word) =>
    keep(isAction(Number(word)), `The link named an action we do not know (${word}).`)
      ? Number(word)
      : [],
  )
  // a link is passed around; a password in it would be too
  const isSafe = keep(
    !hasPassword(search.url ?? ''),
    'The link carried an address with a password in it. We left the address out.',
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
