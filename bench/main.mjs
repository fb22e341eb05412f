import { machine, print } from './report.mjs'

/** @import { Report } from './report.mjs' */

// measures the built product and compares it with its budgets; arguments name the subjects
/** @type {Record<string, (report: Report) => Promise<void>>} */
const SUBJECTS = {
  size: async (report) => (await import('./size.mjs')).size(report),
  start: async (report) => (await import('./start.mjs')).start(report),
  inp: async (report) => (await import('./inp.mjs')).inp(report),
  grid: async (report) => (await import('./grid.mjs')).grid(report),
  lcp: async (report) => (await import('./lcp.mjs')).lcp(report),
  load: async (report) => (await import('./load.mjs')).load(report),
  watch: async (report) => (await import('./watch.mjs')).watch(report),
  notices: async (report) => (await import('./notices.mjs')).notices(report),
  runs: async (report) => (await import('./runs.mjs')).runs(report),
  deliveries: async (report) => (await import('./deliveries.mjs')).deliveries(report),
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !Object.hasOwn(SUBJECTS, name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. Choose of: ${Object.keys(SUBJECTS).join(' ')}`)
  process.exit(1)
}

console.log(machine())
let missed = 0
for (const [name, measure] of Object.entries(SUBJECTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  try {
    await measure((table) => (missed += print(table)))
  } catch (error) {
    // a subject that cannot be measured must not hide the others
    console.error(`\n${name} could not be measured:`, error)
    missed += 1
  }
}
console.log(`\n${machine()}`)
console.log(missed === 0 ? 'Every budget is kept.' : `${missed} numbers are over their budget.`)
process.exit(missed === 0 ? 0 : 1)
