import { availableParallelism, loadavg } from 'node:os'

/**
 * One number of a table. With a budget it is judged beside it; `digits` are those after the point.
 * @typedef {{ text: string, isOver?: boolean }} Cell
 * @typedef {{ title: string, head: string[], rows: (Cell | string)[][], notes?: string[] }} Table
 */

/** @returns {Cell} */
export function number(value, { unit = '', digits = 0, budget, atLeast } = {}) {
  if (value === undefined || Number.isNaN(value)) return { text: '–' }
  const text = `${value.toFixed(digits)}${unit && ` ${unit}`}`
  const limit = budget ?? atLeast
  if (limit === undefined) return { text }
  const isOver = budget === undefined ? value < limit : value > limit
  const sign = budget === undefined ? '≥' : '≤'
  return { text: `${text} (${sign} ${limit} ${isOver ? 'OVER' : 'OK'})`, isOver }
}

/** Prints a table and answers how many of its numbers miss their budget. */
export function print({ title, head, rows, notes = [] }) {
  const texts = [head, ...rows.map((row) => row.map((cell) => cell.text ?? cell))]
  const widths = head.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)))
  const line = (row) =>
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd()

  console.log(`\n${title}`)
  console.log(line(head))
  console.log(widths.map((width) => '–'.repeat(width)).join('  '))
  for (const row of texts.slice(1)) console.log(line(row))
  for (const note of notes) console.log(note)
  return rows.flat().filter((cell) => cell.isOver).length
}

/** What else the machine did, without which no number means much. */
export const machine = () =>
  `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}`

/** The value below which the given share of all lies. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]
}

export const median = (values) => quantile(values, 0.5)

/** "12 [8–40]": the median and what it lies between. */
export function spread(values, digits = 0) {
  if (values.length === 0) return '–'
  const show = (value) => value.toFixed(digits)
  return `${show(median(values))} [${show(Math.min(...values))}–${show(Math.max(...values))}]`
}
