import { DESK_HEADER, PERSON_HEADER, personText } from '#contract/desk/desk.ts'

type Person = Parameters<typeof personText>[0]

let findPerson: () => Person | null | undefined = () => undefined

/** Registers the function that finds the person signed in to this page; every call asks it. */
export function nameWhoAsks(find: typeof findPerson) {
  findPerson = find
}

/**
 * The headers of every call: that this page sends it, whether a person caused it, and which person.
 */
export function whoAsks(by: 'person' | 'background'): Record<string, string> {
  const person = findPerson()
  return { [DESK_HEADER]: by, ...(person && { [PERSON_HEADER]: personText(person) }) }
}
