import {
  ACTION_GROUPS,
  actionLabel,
  SELECTABLE_ACTIONS,
  type ActionGroup,
} from '#contract/actions/actions.ts'
import { addressKey } from '#contract/address/address-key.ts'
import { isDuplicate } from '#contract/nexudus/duplicate.ts'
import { HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import type { Location } from '#contract/nexudus/location.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { locationNameOf, type Fleet, type FleetRow } from '#fleet/fleet.ts'
import { isTroubled } from '#fleet/share.ts'

/** Group of the webhooks whose action is not in the catalogue: they are shown, never dropped. */
export const UNKNOWN_GROUP = 'Unknown to Hookdesk'

export type CoverageGroup = ActionGroup | typeof UNKNOWN_GROUP

export const COVERAGE_GROUPS: readonly CoverageGroup[] = [...ACTION_GROUPS, UNKNOWN_GROUP]

/** The webhooks that one location has for one action, the one in worst health first. */
export type Cell = {
  rows: readonly FleetRow[]
  worst: HealthState
  troubled: number
  /** The number of webhooks that only repeat another one's URL. */
  duplicates: number
}

export type CoverageAction = {
  number: number
  label: string
  group: CoverageGroup
  isUsed: boolean
  /** The number of siblings that have it. */
  having: number
  /**
   * The siblings' webhooks with the most common URL; empty if each sibling has a URL of its own.
   */
  shared: readonly FleetRow[]
  /** True if all siblings' webhooks have the same URL. */
  isAgreed: boolean
}

/**
 * Siblings are the locations that are compared with each other: all but the network itself,
 * suspended locations, and those of which only the number is known.
 */
export type LocationKind = 'sibling' | 'network' | 'suspended' | 'unknown'

export type CoverageLocation = {
  id: number
  name: string
  kind: LocationKind
  cells: ReadonlyMap<number, Cell>
  /** The actions that more than half of the other siblings have, and this location lacks. */
  lacking: readonly CoverageAction[]
}

export type Coverage = {
  locations: readonly CoverageLocation[]
  /** The whole catalogue in its order, followed by unknown actions in use. */
  actions: readonly CoverageAction[]
  /**
   * The number of other locations a sibling is compared with; 0 if there are too few to compare.
   */
  others: number
}

/** With fewer locations, “most others” would mean one of them. */
const SIBLINGS_TO_COMPARE = 3

/**
 * Works out which webhooks every location has for every action, and which actions it lacks although
 * most siblings have them.
 */
export function coverageOf({ rows, locations: known }: Fleet): Coverage {
  const cells = cellsOf(rows)
  const networks = new Set([...known.values()].map(({ RootLocationId }) => RootLocationId))
  const ids = new Set([...known.keys(), ...cells.keys()])
  const locations = [...ids]
    .map((id) => {
      const kind = kindOf(known.get(id), networks)
      return { id, name: locationNameOf(known, id), kind, cells: cells.get(id) ?? NO_CELLS }
    })
    .toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind) || a.name.localeCompare(b.name))

  const siblings = locations.filter(({ kind }) => kind === 'sibling')
  const others = siblings.length < SIBLINGS_TO_COMPARE ? 0 : siblings.length - 1
  const actions = actionsOf(rows, siblings)
  const expected = actions.filter(
    (action) => others > 0 && isCreatable(action) && action.having * 2 > others,
  )

  return {
    actions,
    others,
    locations: locations.map((location) => ({
      ...location,
      lacking:
        location.kind === 'sibling'
          ? expected.filter(({ number }) => !location.cells.has(number))
          : [],
    })),
  }
}

/** False for an action that is not in the catalogue: the form does not offer it. */
export const isCreatable = ({ group }: CoverageAction) => group !== UNKNOWN_GROUP

const NO_CELLS: ReadonlyMap<number, Cell> = new Map()

function cellsOf(rows: readonly FleetRow[]): Map<number, Map<number, Cell>> {
  const byLocation = new Map<number, Map<number, FleetRow[]>>()
  for (const row of rows) {
    const { BusinessId, Action } = row.webhook
    const byAction = byLocation.get(BusinessId) ?? new Map<number, FleetRow[]>()
    byLocation.set(BusinessId, byAction)
    byAction.set(Action, [...(byAction.get(Action) ?? []), row])
  }
  return new Map(
    [...byLocation].map(([id, byAction]) => [
      id,
      new Map([...byAction].map(([action, there]) => [action, cellOf(there)])),
    ]),
  )
}

function cellOf(there: readonly FleetRow[]): Cell {
  const rows = there.toSorted((a, b) => severity(a.health) - severity(b.health))
  // webhooks with unreadable actions may fire at different ones, so they are not duplicates
  const known = rows.filter(hasKnownAction)
  const duplicates = known.length > 1 ? known.length - new Set(known.map(addressOf)).size : 0
  const troubled = rows.filter(({ health }) => isTroubled(health)).length
  return { rows, worst: rows[0]?.health ?? 'working', troubled, duplicates }
}

/** True if another webhook of the same cell has the same URL: every event arrives twice. */
export const isDuplicateIn = (row: FleetRow, cell: Cell) =>
  cell.rows.some((other) => other !== row && isDuplicate(other.webhook, row.webhook))

const hasKnownAction = ({ webhook }: FleetRow) => webhook.Action !== UNREAD_ACTION

const severity = (health: HealthState) => HEALTH_STATES.indexOf(health)

/** The worst of several states; `undefined` if there are none. */
export function worstOf(states: readonly HealthState[]): HealthState | undefined {
  return HEALTH_STATES.find((state) => states.includes(state))
}

const addressOf = ({ webhook }: FleetRow) => addressKey(webhook.URL)

function kindOf(location: Location | undefined, networks: Set<unknown>): LocationKind {
  if (!location) return 'unknown'
  if (networks.has(location.Id)) return 'network'
  return location.Suspended ? 'suspended' : 'sibling'
}

const KINDS_IN_ORDER: readonly LocationKind[] = ['network', 'sibling', 'suspended', 'unknown']
const rankOf = (kind: LocationKind) => KINDS_IN_ORDER.indexOf(kind)

type Sibling = Pick<CoverageLocation, 'id' | 'cells'>

function actionsOf(rows: readonly FleetRow[], siblings: readonly Sibling[]): CoverageAction[] {
  const catalogue = SELECTABLE_ACTIONS.map(({ number, label, group }) => ({ number, label, group }))
  const inCatalogue = new Set(catalogue.map(({ number }) => number))
  const used = new Set(rows.map(({ webhook }) => webhook.Action))
  const unknown = [...used]
    .filter((number) => !inCatalogue.has(number))
    .toSorted((a, b) => a - b)
    .map((number) => ({ number, label: actionLabel(number), group: UNKNOWN_GROUP }) as const)

  return [...catalogue, ...unknown].map((action) => {
    const isUsed = used.has(action.number)
    const cells = isUsed ? siblings.flatMap(({ cells }) => cells.get(action.number) ?? []) : []
    return { ...action, isUsed, having: cells.length, ...addressesOf(cells) }
  })
}

function addressesOf(cells: readonly Cell[]): Pick<CoverageAction, 'shared' | 'isAgreed'> {
  const byAddress = new Map<string, FleetRow[]>()
  for (const cell of cells) {
    // once per location: duplicates there do not make a URL more common
    const own = new Map(cell.rows.map((row) => [addressOf(row), row]))
    for (const [address, row] of own) {
      byAddress.set(address, [...(byAddress.get(address) ?? []), row])
    }
  }
  const [commonest = []] = [...byAddress.values()].toSorted((a, b) => b.length - a.length)
  const isAgreed = byAddress.size === 1
  // a URL that only one sibling uses must not be used by another location
  return { shared: isAgreed || commonest.length > 1 ? commonest : [], isAgreed }
}

/**
 * The action with its number of siblings, if the location lacks it and most of the others have it.
 */
export function lackOf(location: CoverageLocation, number: number): CoverageAction | undefined {
  return location.lacking.find((action) => action.number === number)
}
