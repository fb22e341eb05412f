import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { isBuilt } from './build-stamp.mjs'
import { endWithNpm } from './end-with-npm.mjs'

// rebuilds what has changed since the last build, then runs the named server program in this
// process

endWithNpm()
const program = process.argv[2] ?? 'main'

if (!isBuilt()) {
  if (!existsSync('node_modules/vite')) {
    console.error(
      'Hookdesk is not built, and the build tools are not installed, as with NODE_ENV=production. Run: npm ci --include=dev && npm run build',
    )
    process.exit(1)
  }
  console.log('Building Hookdesk, once …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['run', '--silent', 'build'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) {
    console.error('The build failed. Run: npm run build to see why.')
    process.exit(1)
  }
}
await import(pathToFileURL(path.resolve('dist/server', `${program}.js`)).href)
