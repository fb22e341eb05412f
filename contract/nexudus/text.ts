import * as z from 'zod/mini'

/** Refuses a NUL and half a character: no database stores them, and nobody can have meant them. */
export const isStorable = z.refine<string>(
  (text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text),
  { params: { is: 'unstorable' } },
)

/** The first `length` units of a text, without half a character at the end. */
export const startOf = (text: string, length: number) =>
  text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
