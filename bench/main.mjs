import { machine, print } from './report.mjs'

// measures the built product and compares it with its budgets; the subjects can be named
const SUBJECTS = {
  size: (report) => import('./size.mjs').then((room) => room.size(report)),
  start: (report) => import('./start.mjs').then((room) => room.start(report)),
  inp: (report) => import('./inp.mjs').then((room) => room.inp(report)),
  grid: (report) => import('./grid.mjs').then((room) => room.grid(report)),
  lcp: (report) => import('./lcp.mjs').then((room) => room.lcp(report)),
  load: (report) => import('./load.mjs').then((room) => room.load(report)),
  runs: (report) => import('./runs.mjs').then((room) => room.runs(report)),
  deliveries: (report) => import('./deliveries.mjs').then((room) => room.deliveries(report)),
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
    // one that cannot be measured must not hide the others
    console.error(`\n${name} could not be measured: ${error.stack}`)
    missed += 1
  }
}
console.log(`\n${machine()}`)
console.log(missed === 0 ? 'Every budget is kept.' : `${missed} numbers are over their budget.`)
process.exit(missed === 0 ? 0 : 1)
