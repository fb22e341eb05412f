import { findActionDetails } from '#contract/actions/action-details.ts'
import { SELECTABLE_ACTIONS, type SelectableAction } from '#contract/actions/actions.ts'

import { LITTLE_WORDS_ABROAD, WORDS_ABROAD } from './action-words.ts'
import { tokens, toWord, type Word } from '#contract/words/spelling.ts'

// Costs of finding a typed word in a place. The costs of a query's words are added up, and the
// steps are so far apart that the worst word decides the rank.
const IN_LABEL = 0
const IN_API_NAME = 2
const IN_HELP_CENTRE = 4
export const IN_SYNONYM = 1_000
export const IN_GROUP = 100_000
export const MISSPELT = 10_000_000
/** The word only names the owner of a record; that alone is no match. */
export const BY_OWNER = 1_000_000_000
export const NOT_WHOLE = 1
const INSIDE_PHRASE = 5

// words that tell nothing about which action a sentence is about
export const EMPTY_WORDS = new Set([
  ...LITTLE_WORDS_ABROAD,
  ...'a an and action are by every fires for from get gets got has have if is it my of on one or our someone that the their to was webhook webhooks were when whenever with'.split(
    ' ',
  ),
])

/** `because` is `null` if the label, the API name or the group already shows the word. */
type Posting = { positions: number[]; cost: number; because: string | null }
export type Term = Word & { postings: Posting[] }
export type Entry = {
  action: SelectableAction
  exact: readonly string[]
  starts: readonly string[]
}
/** A word of another language, with the English words that find the same. */
type Abroad = Word & { text: string; english: string }
export type Index = {
  entries: Entry[]
  terms: Term[]
  stems: Set<string>
  known: Set<string>
  abroad: Abroad[]
}

/** Indexes every place where a word of a query may be found. */
export function buildIndex(): Index {
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

/** The words, and each pair of neighbours as one word: "help", "desk", "helpdesk". */
function withPairs(words: readonly string[]): string[] {
  const pairs = words.slice(1).map((word, at) => `${words[at]}${word}`)
  return [...words.filter((word) => !EMPTY_WORDS.has(word)), ...pairs]
}

function splitCamelCase(name: string): string {
  // "letter" is about the post
  return name.replace('NewsLetter', 'Newsletter').replace(/[A-Z]/g, ' $&')
}

/** The spelling of a person who cannot type ü: "Kuendigung". */
const withoutUmlauts = (text: string) => text.normalize('NFC').replace(/[äöüÄÖÜ]/g, '$&e')
