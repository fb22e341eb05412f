import { findActionDetails } from '#contract/actions/action-details.ts'
import {
  SELECTABLE_ACTIONS,
  type ActionGroup,
  type SelectableAction,
} from '#contract/actions/actions.ts'

import { ABSENT_EVENTS } from './absent-events.ts'
import { LITTLE_WORDS_ABROAD, WORDS_ABROAD } from './action-words.ts'

/** How an action was found, best first; `all` is the answer to an empty query. */
export const MATCH_RANKS = ['all', 'exact', 'prefix', 'words', 'synonym', 'group', 'fuzzy'] as const

export type MatchRank = (typeof MATCH_RANKS)[number]

export type ActionMatch = {
  action: SelectableAction
  rank: MatchRank
  /** What matched, when the label does not show it: "parcel" for Delivery – created. */
  because?: string
}

export type ActionSearchOptions = {
  /** At most so many matches. */
  limit?: number
}

// What it costs to find a typed word in a place. Costs of a query are added up, and the steps are
// so far apart that the worst word decides the rank.
const IN_LABEL = 0
const IN_API_NAME = 2
const IN_HELP_CENTRE = 4
const IN_SYNONYM = 1_000
const IN_GROUP = 100_000
const MISSPELT = 10_000_000
/** Found by whose record it is and nothing else: that alone is no answer. */
const BY_OWNER = 1_000_000_000
const NOT_WHOLE = 1
const INSIDE_PHRASE = 5

/** With so many well-spelt answers, guesses at what was meant would only be in the way. */
const ENOUGH = 3

/** Fewer letters begin too many words of too many languages. */
const ABROAD_FROM = 4
/** How much longer a plural may be. */
const ENDING = 2

/** More than anyone types, and a bound for what is pasted by mistake. */
const MAX_QUERY_LENGTH = 100

// words of a sentence about an action that tell nothing about which
const EMPTY_WORDS = new Set([
  ...LITTLE_WORDS_ABROAD,
  ...'a an and action are by every fires for from get gets got has have if is it my of on one or our someone that the their to was webhook webhooks were when whenever with'.split(
    ' ',
  ),
])

type Spelling = { text: string; letters: number }
type Word = { whole: Spelling; stem: Spelling }
/** `because` is `null` where the label, the API name or the group already shows the word. */
type Posting = { positions: number[]; cost: number; because: string | null }
type Term = Word & { postings: Posting[] }
type Hit = { cost: number; because: string | null }
type Hits = (Hit | undefined)[]
type Entry = { action: SelectableAction; exact: readonly string[]; starts: readonly string[] }
/** A word of another language, and the English ones that find the same. */
type Abroad = Word & { text: string; english: string }
type Index = {
  entries: Entry[]
  terms: Term[]
  stems: Set<string>
  known: Set<string>
  abroad: Abroad[]
}
type Found = { position: number; rank: MatchRank; cost: number; because: string | null }

let builtIndex: Index | undefined
let absentStems: { stems: string[]; nearest: readonly ActionGroup[] }[] | undefined

/**
 * The actions that match, best first. Every word of the query must be found somewhere: in the
 * label, the API name, the number, the help-centre label, a synonym or the group.
 */
export function searchActions(query: string, options: ActionSearchOptions = {}): ActionMatch[] {
  // an empty query builds it too: asked when the picker opens, it spares the first key press
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
 * The groups that lie nearest to what Nexudus has no action for, as far as is known: a tour, a
 * survey. Nothing for what is simply not understood.
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

/** With a space around each, so that a word is not found inside another. */
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
  // a word we know is not a slip for another, and 12 is not a slip for 21
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

/** The best way to find all words in one action, each alone or run together with the next. */
function cheapestCover(
  singles: readonly (Hits | undefined)[],
  pairs: readonly Hits[],
  position: number,
): Hit | undefined {
  let beforeLast: Hit | undefined
  // nothing but owners so far
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

type CostOf = (word: Word, term: Term) => number | null

/** Where the word is found: the cheapest place for each action, by position. */
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

/** Where a word of another language is found: where its English words are, but for their groups. */
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

/** Also in the plural: "Rechnungen", "facturas". */
function isSameAbroad({ whole, stem }: Word, itsStem: Spelling, its: Spelling): boolean {
  if (stem.text === itsStem.text) return true
  const more = whole.text.length - its.text.length
  return its.text.length > ABROAD_FROM && more <= ENDING && whole.text.startsWith(its.text)
}

const isStartAbroad = ({ whole }: Word, its: Spelling) =>
  whole.text.length >= ABROAD_FROM && its.text.startsWith(whole.text)

function put(hits: Hits, position: number, hit: Hit) {
  const known = hits[position]
  if (!known || hit.cost < known.cost) hits[position] = hit
}

/** Both ways to read a word, the better one for each action. */
function merged(abroad: Hits | undefined, english: Hits): Hits {
  if (!abroad) return english
  const hits = [...abroad]
  for (const [position, hit] of english.entries()) if (hit) put(hits, position, hit)
  return hits
}

function costOf({ whole, stem }: Word, term: Term): number | null {
  if (stem.text === term.stem.text) return 0
  const isStart = term.whole.text.startsWith(whole.text) || term.stem.text.startsWith(stem.text)
  return isStart ? NOT_WHOLE : null
}

function forgivingCostOf(word: Word, term: Term): number | null {
  const cost = costOf(word, term)
  if (cost !== null) return cost
  // the stem is for "recieve" against "received", and short ones are near to many
  const slips = Math.min(slipsWithin(word.whole, term.whole), slipsWithin(word.stem, term.stem))
  return slips === Infinity ? null : MISSPELT + slips
}

function slipsWithin(typed: Spelling, meant: Spelling): number {
  const allowed = allowedSlips(typed.text)
  const slips = slipsBetween(typed, meant, allowed)
  return slips > allowed ? Infinity : slips
}

function allowedSlips(text: string): number {
  if (text.length >= 8) return 2
  return text.length >= 4 ? 1 : 0
}

/** Which letters occur, a bit for each. */
function lettersOf(text: string): number {
  let letters = 0
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31)
  return letters
}

function countBits(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** Infinity when there are certainly more than `allowed`; asking this first is what is fast. */
function slipsBetween(typed: Spelling, meant: Spelling, allowed: number): number {
  if (Math.abs(typed.text.length - meant.text.length) > allowed) return Infinity
  // one slip makes at most one letter appear, and one vanish
  if (countBits(typed.letters & ~meant.letters) > allowed) return Infinity
  if (countBits(meant.letters & ~typed.letters) > allowed) return Infinity
  return distance(typed.text, meant.text)
}

/**
 * How many letters are wrong, missing, too many or swapped with their neighbour: the restricted
 * Damerau-Levenshtein distance.
 */
function distance(typed: string, meant: string): number {
  let twoAbove: number[] = []
  let above = Array.from({ length: meant.length + 1 }, (_, column) => column)
  for (let line = 1; line <= typed.length; line += 1) {
    const row = [line]
    for (let column = 1; column <= meant.length; column += 1) {
      const isSame = typed[line - 1] === meant[column - 1]
      const isSwapped =
        typed[line - 1] === meant[column - 2] && typed[line - 2] === meant[column - 1]
      row[column] = Math.min(
        (above[column] ?? Infinity) + 1,
        (row[column - 1] ?? Infinity) + 1,
        (above[column - 1] ?? Infinity) + (isSame ? 0 : 1),
        isSwapped ? (twoAbove[column - 2] ?? Infinity) + 1 : Infinity,
      )
    }
    twoAbove = above
    above = row
  }
  return above[meant.length] ?? Infinity
}

function buildIndex(): Index {
  const byText = new Map<string, Term>()
  const post = (text: string, posting: Posting) => {
    const term = byText.get(text)
    if (term) term.postings.push(posting)
    else byText.set(text, { ...toWord(text), postings: [posting] })
  }

  const positionsOf = {
    group: new Map<string, number[]>(),
    synonym: new Map<string, number[]>(),
    owner: new Map<string, number[]>(),
  }
  const entries = SELECTABLE_ACTIONS.map((action, position) => {
    const { label, name, number, group } = action
    const { helpCentre = null, synonyms = [], owners = [] } = findActionDetails(number) ?? {}
    const positions = [position]
    const inLabel = tokens(label)
    const inName = tokens(splitCamelCase(name))
    const inHelpCentre = tokens(helpCentre ?? '')
    for (const text of [String(number), ...withPairs(inLabel)]) {
      post(text, { positions, cost: IN_LABEL, because: null })
    }
    for (const text of withPairs(inName))
      post(text, { positions, cost: IN_API_NAME, because: null })
    for (const text of inHelpCentre) post(text, { positions, cost: IN_HELP_CENTRE, because: text })
    addTo(positionsOf.group, group, position)
    for (const synonym of synonyms) addTo(positionsOf.synonym, synonym, position)
    for (const owner of owners) addTo(positionsOf.owner, owner, position)

    const starts = [inLabel.join(''), inName.join('')]
    return { action, exact: [...starts, String(number), inHelpCentre.join('')], starts }
  })

  for (const [synonym, positions] of positionsOf.synonym) {
    const inside = tokens(synonym)
    post(inside.join(''), { positions, cost: IN_SYNONYM, because: synonym })
    if (inside.length === 1) continue
    const cost = IN_SYNONYM + INSIDE_PHRASE
    for (const text of inside) post(text, { positions, cost, because: synonym })
  }
  for (const [owner, positions] of positionsOf.owner) {
    post(owner, { positions, cost: BY_OWNER + IN_SYNONYM, because: owner })
  }
  for (const [group, positions] of positionsOf.group) {
    for (const text of withPairs(tokens(group))) {
      post(text, { positions, cost: IN_GROUP, because: null })
    }
  }
  const terms = [...byText.values()]
  const abroad = Object.values(WORDS_ABROAD).flatMap((words) =>
    Object.entries(words).flatMap(([text, english]) =>
      [...new Set([text, withoutUmlauts(text)])].map((spelt) => {
        return { ...toWord(tokens(spelt).join('')), text, english }
      }),
    ),
  )
  const stems = new Set(terms.map((term) => term.stem.text))
  return { entries, terms, stems, known: new Set(byText.keys()), abroad }
}

function addTo(positionsOf: Map<string, number[]>, text: string, position: number) {
  const positions = positionsOf.get(text)
  if (positions) positions.push(position)
  else positionsOf.set(text, [position])
}

/** The words, and every two neighbours written as one: "help", "desk", "helpdesk". */
function withPairs(words: readonly string[]): string[] {
  const pairs = words.slice(1).map((word, at) => `${words[at]}${word}`)
  return [...words.filter((word) => !EMPTY_WORDS.has(word)), ...pairs]
}

function splitCamelCase(name: string): string {
  // "letter" is about the post
  return name.replace('NewsLetter', 'Newsletter').replace(/[A-Z]/g, ' $&')
}

// not \p{L} and \p{N}, which take milliseconds to prepare; U+2000 to U+2BFF is punctuation
const WORD = /[a-z0-9\u00c0-\u1fff\u2c00-\uffff]+/g

/** Lower case, without accents and punctuation. */
function tokens(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  return plain.replace(/\be-mail/g, 'email').match(WORD) ?? []
}

function toWord(text: string): Word {
  return { whole: spelling(text), stem: spelling(stemOf(text)) }
}

function spelling(text: string): Spelling {
  return { text, letters: lettersOf(text) }
}

/** Enough of a stem that "deliveries", "deleting" and "checked" find what they are about. */
function stemOf(text: string): string {
  // news is not the plural of new
  if (text.length < 4 || text === 'news') return text
  if (text.endsWith('ies')) return `${text.slice(0, -3)}y`
  const singular = text.replace(/(ss)es$|([^s])s$/, '$1$2')
  // "cancelled" is about "cancel"
  return singular.replace(/(...)(?:e|ed|ing)$/, '$1').replace(/ll$/, 'l')
}

/** As it is typed where there is no ü: "Kuendigung". */
const withoutUmlauts = (text: string) => text.normalize('NFC').replace(/[äöüÄÖÜ]/g, '$&e')
