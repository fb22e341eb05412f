import { BY_OWNER } from './action-index.ts'

/** The cost of finding a word in an action, and the word to name as the reason. */
export type Hit = { cost: number; because: string | null }
/** By the position of the action. */
export type Hits = (Hit | undefined)[]

/** The cheapest way to find all words in one action, each alone or joined to the next. */
export function cheapestCover(
  singles: readonly (Hits | undefined)[],
  pairs: readonly Hits[],
  position: number,
): Hit | undefined {
  let beforeLast: Hit | undefined
  // only owners so far
  let last: Hit | undefined = { cost: BY_OWNER, because: null }
  for (let at = 0; at < singles.length; at += 1) {
    const alone = add(last, singles[at]?.[position])
    const joined = at > 0 ? add(beforeLast, pairs[at - 1]?.[position]) : undefined
    beforeLast = last
    last = cheaper(alone, joined)
    if (!last && !beforeLast) return undefined
  }
  return last
}

function add(before: Hit | undefined, hit: Hit | undefined): Hit | undefined {
  if (!before || !hit) return undefined
  return { cost: sum(before.cost, hit.cost), because: joinReasons(before.because, hit.because) }
}

/** An owner counts once something else is found: "member" finds no invoice, "member paid" does. */
function sum(before: number, cost: number): number {
  const areOwners = before >= BY_OWNER && cost >= BY_OWNER
  return (before % BY_OWNER) + (cost % BY_OWNER) + (areOwners ? BY_OWNER : 0)
}

function joinReasons(first: string | null, second: string | null): string | null {
  if (first === null || first === second) return second
  return second === null ? first : `${first}, ${second}`
}

function cheaper(a: Hit | undefined, b: Hit | undefined): Hit | undefined {
  if (!a || !b) return a ?? b
  return b.cost < a.cost ? b : a
}

/** Keeps the cheaper of two hits. */
export function put(hits: Hits, position: number, hit: Hit) {
  const known = hits[position]
  if (!known || hit.cost < known.cost) hits[position] = hit
}

/** Merges both readings of a word, keeping the cheaper for each action. */
export function merged(abroad: Hits | undefined, english: Hits): Hits {
  if (!abroad) return english
  const hits = [...abroad]
  for (const [position, hit] of english.entries()) if (hit) put(hits, position, hit)
  return hits
}
