/** "1 webhook", "1,200 webhooks": a number with its noun, as the reader writes numbers. */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
