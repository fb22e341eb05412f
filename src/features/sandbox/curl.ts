import type { Received } from '#contract/desk/sandbox.ts'

// what curl makes itself, and would make wrong if it were told
const OF_THE_CONNECTION = new Set([
  'host',
  'content-length',
  'connection',
  'accept-encoding',
  'transfer-encoding',
])

/** The same call for a terminal; its body byte for byte, so that its signature stays good. */
export function curlOf({ method, target, headers, body }: Received, origin: string): string {
  const parts = [`curl -X ${method} ${quoted(origin + target)}`]
  for (const [name, value] of headers) {
    if (!OF_THE_CONNECTION.has(name.toLowerCase())) parts.push(`-H ${quoted(`${name}: ${value}`)}`)
  }
  if (body !== '') parts.push(`--data-binary ${quoted(body)}`)
  return parts.join(' \\\n  ')
}

/** In single quotes nothing means anything to a shell but a single quote. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
