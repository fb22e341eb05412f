import {
  SELECTABLE_ACTIONS,
  type ActionGroup,
  type SelectableAction,
} from '#contract/actions/actions.ts'

import { ABSENT_EVENTS } from './absent-events.ts'
import {
  buildIndex,
  BY_OWNER,
  EMPTY_WORDS,
  IN_GROUP,
  IN_SYNONYM,
  MISSPELT,
  NOT_WHOLE,
  type Entry,
  type Index,
  type Term,
} from './action-index.ts'
import { cheapestCover, merged, put, type Hit, type Hits } from './hits.ts'
import {
  slipsWithin,
  stemOf,
  tokens,
  toWord,
  type Spelling,
  type Word,
} from '#contract/words/spelling.ts'

/** The ways to find an action, best first; `all` is the result of an empty query. */
export const MATCH_RANKS = ['all', 'exact', 'prefix', 'words', 'synonym', 'group', 'fuzzy'] as const

export type MatchRank = (typeof MATCH_RANKS)[number]

export type ActionMatch = {
  action: SelectableAction
  rank: MatchRank
  /** The matching word, if the label does not show it: "parcel" for Delivery – created. */
  because?: string
}

export type ActionSearchOptions = {
  /** The highest number of matches. */
  limit?: number
}

/** With this many correctly spelt matches, fuzzy ones would only distract. */
const ENOUGH = 3

/** Shorter words are the beginning of too many words in too many languages. */
const ABROAD_FROM = 4
/** The most letters that a plural ending adds. */
const ENDING = 2

/** Longer than any typed query; limits the work for a text pasted by mistake. */
const MAX_QUERY_LENGTH = 100

type Found = { position: number; rank: MatchRank; cost: number; because: string | null }

let builtIndex: Index | undefined
let absentStems: { stems: string[]; nearest: readonly ActionGroup[] }[] | undefined

/**
 * The actions that match, best first. Every word of the query must be found somewhere: in the
 * label, the API name, the number, the help-centre label, a synonym or the group.
 */
export function searchActions(query: string, options: ActionSearchOptions = {}): ActionMatch[] {
  // an empty query builds the index too: opening the picker does so, and spares the first key press
  builtIndex ??= buildIndex()
  const limit = options.limit ?? SELECTABLE_ACTIONS.length
  const typed = tokens(query.slice(0, MAX_QUERY_LENGTH))
  const words = typed.filter((text) => !EMPTY_WORDS.has(text)).map(toWord)
  if (words.length === 0) {
    return SELECTABLE_ACTIONS.slice(0, limit).map((action) => ({ action, rank: 'all' }))
  }
  const { entries } = builtIndex
  return find(builtIndex, typed.join(''), words)
    .slice(0, limit)
    .flatMap(({ position, rank, because }) => {
      const action = entries[position]?.action
      if (!action) return []
      return because === null ? [{ action, rank }] : [{ action, rank, because }]
    })
}

/**
 * The groups nearest to an event that Nexudus has no action for, as far as is known: a tour, a
 * survey. Empty if the query is not understood at all.
 */
export function nearestGroups(query: string): readonly ActionGroup[] {
  absentStems ??= ABSENT_EVENTS.map(({ words, nearest }) => ({
    stems: words.map(stemsOf),
    nearest,
  }))
  const typed = stemsOf(query.slice(0, MAX_QUERY_LENGTH))
  const absent = absentStems.find(({ stems }) => stems.some((words) => typed.includes(words)))
  return absent?.nearest ?? []
}

/** Puts a space around each word, so that none is found inside another. */
const stemsOf = (text: string) => ` ${tokens(text).map(stemOf).join(' ')} `

function find(index: Index, joined: string, words: readonly Word[]): Found[] {
  if (nearestGroups(words.map(({ whole }) => whole.text).join(' ')).length > 0) return []
  const foreign = words.map((word) => hitsAbroad(index, word))
  const singles = words.map((word, at) => merged(foreign[at], hitsOf(index, word, costOf)))
  // "check in" is "checkin", and "news letter" is "newsletter"
  const pairs = words
    .slice(1)
    .map((word, at) => hitsOf(index, toWord(`${words[at]?.whole.text}${word.whole.text}`), costOf))
  const found = collect(index, joined, singles, pairs)
  // a known word is not a typing error for another, and 12 is not one for 21
  const isUnknown = words.map(
    ({ whole, stem }, at) =>
      !foreign[at] && !index.stems.has(stem.text) && !/^\d+$/.test(whole.text),
  )
  if (found.length >= ENOUGH || !isUnknown.includes(true)) return found
  const forgiving = words.map((word, at) =>
    isUnknown[at] ? hitsOf(index, word, forgivingCostOf) : singles[at],
  )
  return collect(index, joined, forgiving, pairs)
}

function collect(
  index: Index,
  joined: string,
  singles: readonly (Hits | undefined)[],
  pairs: readonly Hits[],
): Found[] {
  const found: Found[] = []
  index.entries.forEach((entry, position) => {
    const hit = cheapestCover(singles, pairs, position)
    const rank = rankOf(entry, joined, hit)
    if (rank === null) return
    const isShown = rank === 'exact' || rank === 'prefix'
    const because = isShown ? null : (hit?.because ?? null)
    found.push({ position, rank, cost: hit?.cost ?? 0, because })
  })
  return found.sort(
    (a, b) =>
      MATCH_RANKS.indexOf(a.rank) - MATCH_RANKS.indexOf(b.rank) ||
      a.cost - b.cost ||
      a.position - b.position,
  )
}

function rankOf(entry: Entry, joined: string, hit: Hit | undefined): MatchRank | null {
  if (entry.exact.includes(joined)) return 'exact'
  if (entry.starts.some((start) => start.startsWith(joined))) return 'prefix'
  if (!hit || hit.cost >= BY_OWNER) return null
  if (hit.cost >= MISSPELT) return 'fuzzy'
  if (hit.cost >= IN_GROUP) return 'group'
  if (hit.cost >= IN_SYNONYM) return 'synonym'
  return 'words'
}

type CostOf = (word: Word, term: Term) => number | null

/** The places where the word is found: the cheapest for each action, by position. */
function hitsOf(index: Index, word: Word, costBetween: CostOf): Hits {
  const hits: Hits = []
  const isWhole = index.known.has(word.whole.text)
  for (const term of index.terms) {
    const extra = costBetween(word, term)
    if (extra === null) continue
    for (const posting of term.postings) {
      // "member" is a word of its own, not the beginning of "membership"
      if (extra === NOT_WHOLE && isWhole && posting.cost >= IN_SYNONYM) continue
      const hit = { cost: posting.cost + extra, because: posting.because }
      for (const position of posting.positions) put(hits, position, hit)
    }
  }
  return hits
}

/** The matches of a word of another language: those of its English words, except their groups. */
function hitsAbroad(index: Index, word: Word): Hits | undefined {
  if (index.known.has(word.whole.text)) return undefined
  const same = index.abroad.filter(({ stem, whole }) => isSameAbroad(word, stem, whole))
  const started = index.abroad.filter(({ whole }) => isStartAbroad(word, whole))
  const hits: Hits = []
  for (const { english, text } of same.length > 0 ? same : started) {
    const singles = tokens(english).map((part) => hitsOf(index, toWord(part), costOf))
    for (const position of index.entries.keys()) {
      const hit = cheapestCover(singles, [], position)
      if (!hit || (hit.cost >= IN_GROUP && hit.cost < BY_OWNER)) continue
      put(hits, position, { cost: hit.cost + IN_SYNONYM, because: text })
    }
  }
  return hits.length > 0 ? hits : undefined
}

/** True also for the plural: "Rechnungen", "facturas". */
function isSameAbroad({ whole, stem }: Word, itsStem: Spelling, its: Spelling): boolean {
  if (stem.text === itsStem.text) return true
  const more = whole.text.length - its.text.length
  return its.text.length > ABROAD_FROM && more <= ENDING && whole.text.startsWith(its.text)
}

const isStartAbroad = ({ whole }: Word, its: Spelling) =>
  whole.text.length >= ABROAD_FROM && its.text.startsWith(whole.text)

function costOf({ whole, stem }: Word, term: Term): number | null {
  if (stem.text === term.stem.text) return 0
  const isStart = term.whole.text.startsWith(whole.text) || term.stem.text.startsWith(stem.text)
  return isStart ? NOT_WHOLE : null
}

function forgivingCostOf(word: Word, term: Term): number | null {
  const cost = costOf(word, term)
  if (cost !== null) return cost
  // stems match "recieve" with "received"; short stems are close to too many words
  const slips = Math.min(slipsWithin(word.whole, term.whole), slipsWithin(word.stem, term.stem))
  return slips === Infinity ? null : MISSPELT + slips
}
