import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

export const SCRIPT = `console.log('${'the app '.repeat(400)}')`

/** A folder like that of a build: the desk's own page, with small and known assets. */
export function makeClientFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-client-'))
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(path.join(folder, name), content)

  mkdirSync(path.join(folder, 'assets'))
  mkdirSync(path.join(folder, '.vite'))
  const html = readFileSync(new URL('../../index.html', import.meta.url), 'utf8')
  write('index.html', html.replace('/src/main.tsx', '/assets/main-1a2b.js'))
  write('.vite/manifest.json', MANIFEST)
  write('favicon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
  write('secret.env', 'SECRET=canary')
  write('assets/main-1a2b.js', SCRIPT)
  write('assets/main-1a2b.js.br', brotliCompressSync(SCRIPT))
  write('assets/main-1a2b.js.gz', gzipSync(SCRIPT))
  write('assets/signed-in-3c4d.js', 'export const list = 1')
  write('assets/signed-in-3c4d.css', 'body { color: red }')
  return folder
}

const MANIFEST = JSON.stringify({
  'index.html': { file: 'assets/main-1a2b.js', src: 'index.html' },
  'src/app/signed-in.tsx': {
    file: 'assets/signed-in-3c4d.js',
    name: 'signed-in',
    css: ['assets/signed-in-3c4d.css'],
    imports: ['index.html'],
  },
})
