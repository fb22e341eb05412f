import { fold } from '#ui/text/fold.ts'

type Choosable = { value: string | number; label: string; code?: string | undefined }

/**
 * The option that a text means: the one with that name, or the only one found. Returns `undefined`
 * if the choice would be a guess.
 */
export function meantBy<Option extends Choosable>(
  text: string,
  found: readonly Option[],
): Option | undefined {
  const wanted = plain(text)
  if (wanted === '') return undefined
  const named = found.filter(({ value, label, code }) =>
    [label, code ?? '', String(value)].some((name) => plain(name) === wanted),
  )
  if (named.length > 1) return only(named.filter(({ label }) => label === text.trim()))
  return only(named) ?? only(found)
}

const only = <Item>(items: readonly Item[]) => (items.length === 1 ? items[0] : undefined)

/** Simplifies names to compare them: "customer created" is "Customer – created". */
const plain = (text: string) => fold(text).replaceAll(/[^\p{L}\p{N}]/gu, '')
