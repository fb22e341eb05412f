import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import { stampBuild } from './build-stamp.mjs'

// steps that Vite does not do: compress files, copy the migrations, and make the database to copy

const WORTH_COMPRESSING = /\.(js|css|svg|txt|webmanifest)$/

for (const entry of readdirSync('dist/client', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !WORTH_COMPRESSING.test(entry.name)) continue
  const file = path.join(entry.parentPath, entry.name)
  const plain = readFileSync(file)
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  writeFileSync(`${file}.br`, brotliCompressSync(plain, quality))
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }))
}

for (const folder of [
  'platform/db/shared-migrations',
  'server/db/desk-migrations',
  'sandbox/db/sandbox-migrations',
]) {
  cpSync(folder, path.join('dist/server', path.basename(folder)), { recursive: true })
}
execFileSync(process.execPath, ['dist/server/make-template.js'], { stdio: 'inherit' })
stampBuild()
