import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
}

export type Asset = {
  type: string
  plain: Uint8Array<ArrayBuffer>
  /** Made by the build; absent if it would save nothing. */
  br?: Uint8Array<ArrayBuffer>
  gzip?: Uint8Array<ArrayBuffer>
  /** Hashed by the build, so its content never changes under this name. */
  isImmutable: boolean
}

/** Every file of the built app by its path, held in memory: they are few, and all are requested. */
export function readAssets(folder: string): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[path.extname(name)]
    if (!type) continue
    const file = path.join(folder, name)
    const url = `/${name.split(path.sep).join('/')}`
    assets.set(url, {
      type,
      plain: new Uint8Array(readFileSync(file)),
      ...(existsSync(`${file}.br`) && { br: new Uint8Array(readFileSync(`${file}.br`)) }),
      ...(existsSync(`${file}.gz`) && { gzip: new Uint8Array(readFileSync(`${file}.gz`)) }),
      isImmutable: url.startsWith('/assets/'),
    })
  }
  return assets
}

/** Subresource integrity of an asset. */
export function integrityOf({ plain }: Asset): string {
  return `sha384-${createHash('sha384').update(plain).digest('base64')}`
}
