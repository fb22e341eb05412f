import { actionApiName, actionLabel } from '#contract/actions/actions.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import { isDuplicate, duplicateKey } from '#contract/nexudus/duplicate.ts'
import type { WebhookFields, WebhookInput } from '#contract/nexudus/webhook.ts'
import type { FleetRow } from '#fleet/fleet.ts'

import { fillPattern, moveName } from './pattern.ts'

/** A webhook to copy, as it was read. */
export type Source = { id: number; input: Omit<WebhookFields, 'Active'> }

/** The basis of the plan: ticked locations and actions, given cells, or webhooks to copy. */
export type Task =
  | { kind: 'product' }
  | { kind: 'cells'; cells: readonly Place[] }
  | { kind: 'copy'; sources: readonly Source[] }

export type Place = Pick<WebhookInput, 'BusinessId' | 'Action'>

/** The person's choices and texts. */
export type Draft = {
  locations: ReadonlySet<number>
  actions: ReadonlySet<number>
  /** `null`: each copy keeps the URL of its original. */
  URL: string | null
  pattern: string
  /** Copies keep their names, except for the location in them. */
  keepsNames: boolean
  Description: string
  Active: boolean
}

export type Cell = { key: string; input: WebhookInput }

/**
 * `there`: a webhook with the same location, action and URL exists. `duplicate`: another cell of
 * the plan is the same. `elsewhere`: a webhook sends the action from there to another URL.
 */
export type PlannedCell = Cell & {
  state: 'new' | 'there' | 'duplicate' | 'elsewhere'
  /** The existing webhook that it meets there. */
  other: FleetRow | undefined
}

type LocationName = (id: number) => string

/** All webhooks of the plan, location by location. */
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

/** Compares each cell with the fleet and with the other cells of the plan. */
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

/** Cells that the person ticked or unticked by hand, by key. */
export type Choices = ReadonlyMap<string, boolean>

/** Existing webhooks are never created again; duplicates only if the person ticks them. */
export function isTicked({ key, state }: PlannedCell, choices: Choices): boolean {
  if (state === 'there') return false
  return choices.get(key) ?? state !== 'duplicate'
}
