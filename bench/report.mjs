import { availableParallelism, loadavg } from 'node:os'

/**
 * One number of a table. With a budget it is judged beside it; `digits` are those after the point.
 * @typedef {{ text: string, isOver?: boolean }} Cell
 * @typedef {{ title: string, head: string[], rows: (Cell | string)[][], notes?: string[] }} Table
 *
 * @typedef {(table: Table) => void} Report
 */

/**
 * @param {number | undefined} value
 * @param {{ unit?: string, digits?: number, budget?: number, atLeast?: number }} options
 * @returns {Cell}
 */
export function number(value, { unit = '', digits = 0, budget, atLeast } = {}) {
  if (value === undefined || Number.isNaN(value)) return { text: '–' }
  const text = `${value.toFixed(digits)}${unit && ` ${unit}`}`
  const limit = budget ?? atLeast
  if (limit === undefined) return { text }
  const isOver = budget === undefined ? value < limit : value > limit
  const sign = budget === undefined ? '≥' : '≤'
  return { text: `${text} (${sign} ${limit} ${isOver ? 'OVER' : 'OK'})`, isOver }
}

/**
 * Prints a table, and returns how many of its numbers miss their budget.
 *
 * @param {Table} table
 */
export function print({ title, head, rows, notes = [] }) {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)))
  const widths = head.map((_, column) =>
    Math.max(...[head, ...texts].map((row) => row[column]?.length ?? 0)),
  )
  const line = (/** @type {string[]} */ row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()

  console.log(`\n${title}`)
  console.log(line(head))
  console.log(widths.map((width) => '–'.repeat(width)).join('  '))
  for (const row of texts) console.log(line(row))
  for (const note of notes) console.log(note)
  return rows.flat().filter((cell) => typeof cell !== 'string' && cell.isOver).length
}

/** Describes the machine and its load, without which the numbers mean little. */
export const machine = () =>
  `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`

/**
 * The value below which the given share of all values lies; `undefined` for no values.
 *
 * @param {number[]} values
 * @param {number} share
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]
}

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5)

/**
 * "12 [8–40]": the median, with the lowest and highest value.
 *
 * @param {number[]} values
 */
export function spread(values, digits = 0) {
  const middle = median(values)
  if (middle === undefined) return '–'
  const show = (/** @type {number} */ value) => value.toFixed(digits)
  return `${show(middle)} [${show(Math.min(...values))}–${show(Math.max(...values))}]`
}
