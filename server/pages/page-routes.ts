import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Hono, type Context } from 'hono'
import { compress } from 'hono/compress'
import { parseAccept } from 'hono/utils/accept'

import type { DeskState } from '#contract/desk/desk.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { pagePolicy } from '#platform/http/security-headers.ts'

import { readAssets, type Asset } from './asset-store.ts'
import { createStamp } from './stamp.ts'

type StateFor = (c: Context) => Promise<DeskState>

export type PageRoutes = (stateFor: StateFor) => Hono<AppEnv>

/** Serves the built app from `folder`: the page, stamped for each request, and its assets. */
export function createPageRoutes(folder: string): PageRoutes {
  const assets = readAssets(folder)
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8')
  const manifest = readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8')
  const stamp = createStamp({ html, manifest, assets })

  return (stateFor) =>
    new Hono<AppEnv>().get('*', compress(), async (c) => {
      const asset = assets.get(c.req.path)
      if (asset) return serve(c, asset)
      // no page of the app has a dot in its last part, so this is a missing file
      if (/\.[^/]*$/.test(c.req.path)) {
        throw new Failed('not_found', { reason: 'address' })
      }

      const nonce = c.get('nonce')
      const state = await stateFor(c)
      const page = stamp({ nonce, state: isKnown(c, state) ? state : null })
      c.header('Content-Security-Policy', pagePolicy(nonce))
      return c.html(page)
    })
}

/**
 * False if the page must not trust this state. After a link from another site the browser withholds
 * the cookie, so a signed-in person looks signed out.
 */
function isKnown(c: Context, { session }: DeskState): boolean {
  const site = c.req.header('sec-fetch-site')
  return session !== null || (site !== undefined && site !== 'cross-site')
}

const ENCODINGS = ['br', 'gzip'] as const

function serve(c: Context<AppEnv>, asset: Asset) {
  const { type, plain, isImmutable } = asset
  const accepted = parseAccept(c.req.header('accept-encoding') ?? '')
  // a weight of zero refuses it
  const encoding = ENCODINGS.find(
    (name) => asset[name] && accepted.some((one) => one.type === name && one.q > 0),
  )
  const body = (encoding && asset[encoding]) ?? plain
  return c.body(body, 200, {
    'Content-Type': type,
    'Content-Length': String(body.byteLength),
    'Cache-Control': isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    Vary: 'Accept-Encoding',
    ...(encoding && { 'Content-Encoding': encoding }),
  })
}
