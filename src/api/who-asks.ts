import { DESK_HEADER, PERSON_HEADER, personText } from '#contract/desk/desk.ts'

type Person = Parameters<typeof personText>[0]

let findPerson: () => Person | null | undefined = () => undefined

/** Says where to look up whom this page takes to be signed in. It is asked at every call. */
export function nameWhoAsks(find: typeof findPerson) {
  findPerson = find
}

/** The headers of every call: that it is our page's, whether by a person's act, and by whose. */
export function whoAsks(by: 'person' | 'background'): Record<string, string> {
  const person = findPerson()
  return { [DESK_HEADER]: by, ...(person && { [PERSON_HEADER]: personText(person) }) }
}
