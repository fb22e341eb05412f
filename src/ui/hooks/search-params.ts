import * as z from 'zod/mini'

// the router reads "2" as a number, whatever its parser is told
const word = z.union([z.string(), z.number(), z.boolean()])

/** A parameter in the schema of an address; its screen interprets the text. */
export const searchText = z.optional(z.catch(z.pipe(word, z.transform(String)), ''))

export type SearchValues = Record<string, unknown>

/** Every value as text. The router's own reading would make a number of `locations=1400000002`. */
export const parseSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search))

/** Writes parameters readably: `?health=failing`, not `?health=%22failing%22`. */
export function writeSearch(values: SearchValues): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  const text = String(new URLSearchParams(given.map(([name, value]) => [name, String(value)])))
  return text && `?${text}`
}

/** Writes a list as one parameter; omits an empty list. */
export const writeList = (values: readonly (string | number)[]) => values.join(',') || undefined

type Search<Name extends string> = { [name in Name]?: string | undefined }
type Read<Value> = (word: string) => Value | undefined

/** Reads parameters, and collects those it does not understand, as the person wrote them. */
export function searchReader<Name extends string>(
  search: Search<Name>,
  say: (name: Name, word: string) => string = (name, word) => `${name}=${word}`,
) {
  const dropped: string[] = []
  function value<Value>(name: Name, word: string, read: Read<Value>): Value | undefined {
    const found = read(word)
    if (found === undefined) dropped.push(say(name, word))
    return found
  }
  return {
    dropped,
    one<Value>(name: Name, read: Read<Value>): Value | undefined {
      const word = search[name]
      return word ? value(name, word, read) : undefined
    },
    /** Reads a list of values separated by commas. */
    list<Value>(name: Name, read: Read<Value>): Value[] {
      const words = search[name]?.split(',').filter(Boolean) ?? []
      return words.flatMap((word) => value(name, word, read) ?? [])
    },
  }
}

/** Accepts one of these words. */
export const oneOf =
  <Word extends string>(words: readonly Word[]): Read<Word> =>
  (word) =>
    words.find((known) => known === word)

/** Accepts a number from 1 on that `isGood` allows. */
export const wholeNumber =
  (isGood: (value: number) => boolean = () => true): Read<number> =>
  (word) => {
    const value = /^\d+$/.test(word) ? Number(word) : 0
    return value > 0 && Number.isSafeInteger(value) && isGood(value) ? value : undefined
  }
