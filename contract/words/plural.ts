const rules = new Intl.PluralRules('en')

/** The word or the sentence for a number: "is" or "are", one thing or several. */
export const byCount = (count: number, one: string, many: string) =>
  rules.select(count) === 'one' ? one : many

/** "1 webhook", "1,200 webhooks": a number with its noun, as the reader writes numbers. */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${byCount(count, one, many)}`
