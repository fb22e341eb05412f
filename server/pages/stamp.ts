import * as z from 'zod'

import { DESK_HEADER, type DeskState } from '#contract/desk/desk.ts'

import { integrityOf, type Asset } from './asset-store.ts'

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    name: z.string().optional(),
    src: z.string().optional(),
    imports: z.array(z.string()).optional(),
    css: z.array(z.string()).optional(),
  }),
)

type Manifest = z.infer<typeof manifestSchema>

/** Modules and data that a page needs first, requested while its scripts still load. */
const FIRST_PICTURE = {
  signedIn: {
    /** Names from vite.config.ts. */
    chunks: ['signed-in'],
    data: [
      '/api/sys/webhooks?page=1&size=1000',
      '/desk/facts',
      '/api/sys/businesses?page=1&size=1000',
      '/desk/views',
    ],
  },
  signedOut: { chunks: [], data: [] },
}

type StampOptions = { html: string; manifest: string; assets: Map<string, Asset> }
type Stamped = {
  nonce: string
  /** `null` if it is not known: the page then asks for it. */
  state: DeskState | null
}

/**
 * Prepares the page: each request then only fills in its nonce and its state. The page names the
 * first modules, styles and data, so none waits for another to arrive.
 */
export function createStamp({ html, manifest, assets }: StampOptions) {
  const chunks = manifestSchema.parse(JSON.parse(manifest))
  const withIntegrity = html.replace(
    /<(script|link)([^>]*?)(src|href)="(\/assets\/[^"]+)"/g,
    (tag, name: string, before: string, attribute: string, url: string) => {
      const asset = assets.get(url)
      const integrity = asset ? ` integrity="${integrityOf(asset)}"` : ''
      return tag && `<${name}${integrity}${before}${attribute}="${url}"`
    },
  )
  const head = {
    signedIn: preloads(chunks, FIRST_PICTURE.signedIn.chunks, html),
    signedOut: preloads(chunks, FIRST_PICTURE.signedOut.chunks, html),
  }

  return function stamp({ nonce, state }: Stamped): string {
    const kind = state?.session ? 'signedIn' : 'signedOut'
    const early = { header: DESK_HEADER, paths: FIRST_PICTURE[kind].data }
    const values: Record<string, string> = {
      '"%STATE%"': asScriptData(state),
      '"%EARLY%"': asScriptData(early),
      '%NONCE%': nonce,
    }
    // in one pass, because a filled-in value may look like a placeholder itself
    return withIntegrity
      .replace('</head>', () => `${head[kind]}</head>`)
      .replace(/"%STATE%"|"%EARLY%"|%NONCE%/g, (blank) => values[blank] ?? blank)
  }
}

/** JSON that cannot end its script element. */
const asScriptData = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')

function preloads(chunks: Manifest, names: string[], html: string): string {
  const modules = names.map((name) => idOf(chunks, name))
  const files = new Set<string>()
  const styles = new Set<string>()
  const seen = new Set<string>()
  const visit = (id: string) => {
    const chunk = chunks[id]
    if (!chunk || seen.has(id)) return
    seen.add(id)
    files.add(chunk.file)
    for (const file of chunk.css ?? []) styles.add(file)
    chunk.imports?.forEach(visit)
  }
  modules.forEach(visit)

  const isNew = (file: string) => !html.includes(`/${file}"`)
  return [
    ...[...styles].filter(isNew).map((file) => `<link rel="stylesheet" href="/${file}">`),
    ...[...files]
      .filter(isNew)
      .map((file) => `<link rel="modulepreload" nonce="%NONCE%" href="/${file}">`),
  ].join('')
}

/**
 * Fails if the chunk is missing: the build would still work, but load its first files one after
 * another.
 */
function idOf(chunks: Manifest, name: string): string {
  const found = Object.keys(chunks).find((id) => chunks[id]?.name === name)
  if (found === undefined) throw new Error(`The build has no part named ${name}`)
  return found
}
