import { spawnSync } from 'node:child_process'
import path from 'node:path'

// `npm run soak`: more histories of the watch than anybody waits for in `npm test`
const histories = process.argv[2] ?? '1000'
const vitest = path.join('node_modules', '.bin', 'vitest')
const { status } = spawnSync(process.execPath, [vitest, 'run', 'server/alerts/histories'], {
  stdio: 'inherit',
  env: { ...process.env, HISTORIES: histories },
})
process.exitCode = status ?? 1
