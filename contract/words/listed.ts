const list = new Intl.ListFormat('en', { type: 'conjunction' })

/** "Soho, Ancoats, and 3 more": words as one reads them out. */
export const listed = (words: readonly string[]) => list.format(words)
