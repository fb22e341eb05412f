import { spawnSync } from 'node:child_process'

// `npm run soak`: as many histories of the watch as nobody waits for in `npm test`
const histories = process.argv[2] ?? '1000'
const { status } = spawnSync('npx', ['vitest', 'run', 'server/alerts/histories'], {
  stdio: 'inherit',
  env: { ...process.env, HISTORIES: histories },
})
process.exitCode = status ?? 1
