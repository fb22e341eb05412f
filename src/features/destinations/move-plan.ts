import type { TargetPolicy } from '#contract/address/address-findings.ts'
import { maskAddress } from '#contract/address/address.ts'
import type { RunChange } from '#contract/desk/run.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { blockText } from '#texts/address-block-text.ts'

import { moveHost, type MoveTarget } from './move-host.ts'
import { byUrl, rowsAt } from './rows-at.ts'

/** One URL that moves, with all webhooks that have it. */
export type Move = {
  before: string
  after: string
  /** Both URLs in the form that may be shown. */
  shown: { before: string; after: string }
  rows: FleetRow[]
  /** The reason no account may move it there. */
  blocked: string | null
}

const NOT_SAFE = 'Hookdesk cannot move this URL safely. Edit it by hand.'

/** The moves of a host: one for each distinct URL, the most used first. */
export function movesOf(
  rows: readonly FleetRow[],
  from: string,
  to: MoveTarget,
  policy: TargetPolicy,
): Move[] {
  return byUrl(rowsAt(rows, from)).map(([before, sharing]) => {
    const moved = moveHost(before, from, to)
    const after = moved ?? before
    const blocked = moved === undefined ? NOT_SAFE : (blockText(after, policy) ?? null)
    const shown = { before: maskAddress(before), after: maskAddress(after) }
    return { before, after, shown, rows: sharing, blocked }
  })
}

/** The changes to the webhooks of these moves, each with the URL that was seen. */
export const changesOf = (moves: readonly Move[]): RunChange[] =>
  moves.flatMap(({ after, rows }) =>
    rows.map(({ webhook }) => ({
      kind: 'change' as const,
      webhookId: webhook.Id,
      change: { URL: after },
      seen: { URL: webhook.URL },
    })),
  )

export const countOf = (moves: readonly Move[]) =>
  moves.reduce((sum, { rows }) => sum + rows.length, 0)
