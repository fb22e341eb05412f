import { actionApiName, actionLabel } from '#contract/actions/actions.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import { isDuplicate, duplicateKey } from '#contract/nexudus/duplicate.ts'
import type { WebhookFields, WebhookInput } from '#contract/nexudus/webhook.ts'
import type { FleetRow } from '#fleet/fleet.ts'

import { fillPattern, moveName } from './pattern.ts'

/** A webhook that is copied, as it was read. */
export type Source = { id: number; input: Omit<WebhookFields, 'Active'> }

/** What the plan is made of: ticked locations and actions, given cells, or webhooks to copy. */
export type Task =
  | { kind: 'product' }
  | { kind: 'cells'; cells: readonly Place[] }
  | { kind: 'copy'; sources: readonly Source[] }

export type Place = Pick<WebhookInput, 'BusinessId' | 'Action'>

/** What the person has chosen and typed. */
export type Draft = {
  locations: ReadonlySet<number>
  actions: ReadonlySet<number>
  /** `null`: each copy keeps the address of what it is a copy of. */
  URL: string | null
  pattern: string
  /** Copies keep their names, but for the location's. */
  keepsNames: boolean
  Description: string
  Active: boolean
}

export type Cell = { key: string; input: WebhookInput }

/**
 * `there`: the same location, action and address exist. `duplicate`: another cell of the plan is the
 * same. `elsewhere`: the action goes to another address from there already.
 */
export type PlannedCell = Cell & {
  state: 'new' | 'there' | 'duplicate' | 'elsewhere'
  /** Of the fleet, what it meets there. */
  other: FleetRow | undefined
}

type LocationName = (id: number) => string

/** Every webhook that the plan is about, location by location. */
export function cellsOf(task: Task, draft: Draft, nameOf: LocationName): Cell[] {
  const byName = (a: number, b: number) => nameOf(a).localeCompare(nameOf(b)) || a - b
  const locations = [...draft.locations].toSorted(byName)
  if (task.kind === 'copy') {
    return locations.flatMap((BusinessId) =>
      task.sources.map((source) => copyOf(source, BusinessId, draft, nameOf)),
    )
  }
  const places =
    task.kind === 'cells'
      ? task.cells.toSorted((a, b) => byName(a.BusinessId, b.BusinessId))
      : locations.flatMap((BusinessId) =>
          [...draft.actions].map((Action) => ({ BusinessId, Action })),
        )
  return places.map((place) => newCell(place, draft, nameOf))
}

function newCell(place: Place, draft: Draft, nameOf: LocationName): Cell {
  return {
    key: `${place.BusinessId}:${place.Action}`,
    input: {
      ...place,
      Name: nameFor(place, draft.pattern, nameOf),
      URL: trimAddress(draft.URL ?? ''),
      Description: draft.Description,
      Active: draft.Active,
    },
  }
}

function copyOf(source: Source, BusinessId: number, draft: Draft, nameOf: LocationName): Cell {
  const { Action, Name, URL, Description, BusinessId: from } = source.input
  const place = { BusinessId, Action }
  const kept = draft.keepsNames ? moveName(Name, nameOf(from), nameOf(BusinessId)).trim() : ''
  return {
    key: `${BusinessId}:${source.id}`,
    input: {
      ...place,
      Name: kept || nameFor(place, draft.pattern, nameOf),
      URL: draft.URL === null ? URL : trimAddress(draft.URL),
      Description,
      Active: draft.Active,
    },
  }
}

function nameFor({ BusinessId, Action }: Place, pattern: string, nameOf: LocationName): string {
  return fillPattern(pattern, {
    action: actionLabel(Action),
    location: nameOf(BusinessId),
    number: String(Action),
    name: actionApiName(Action) ?? '',
  })
}

/** What each cell meets in the fleet and in the plan itself. */
export function planOf(cells: readonly Cell[], rows: readonly FleetRow[]): PlannedCell[] {
  const there = new Map<string, FleetRow[]>()
  for (const row of rows) {
    const key = placeKey(row.webhook)
    const at = there.get(key)
    if (at) at.push(row)
    else there.set(key, [row])
  }
  const planned = new Set<string>()
  return cells.map((cell) => {
    const { input } = cell
    const at = there.get(placeKey(input)) ?? []
    const duplicate = at.find(({ webhook }) => isDuplicate(webhook, input))
    if (duplicate) return { ...cell, state: 'there', other: duplicate }

    const same = duplicateKey(input) ?? ''
    if (planned.has(same)) return { ...cell, state: 'duplicate', other: undefined }
    planned.add(same)
    return { ...cell, state: at.length > 0 ? 'elsewhere' : 'new', other: at[0] }
  })
}

const placeKey = ({ BusinessId, Action }: Place) => `${BusinessId}:${Action}`

/** What the person ticked or unticked by hand, by the cell's key. */
export type Choices = ReadonlyMap<string, boolean>

/** What is there already is never made again; a duplicate only if somebody insists. */
export function isTicked({ key, state }: PlannedCell, choices: Choices): boolean {
  if (state === 'there') return false
  return choices.get(key) ?? state !== 'duplicate'
}
