import type { Received } from '#contract/desk/sandbox.ts'

// headers that curl adds itself, and would send wrongly if they were given
const OF_THE_CONNECTION = new Set([
  'host',
  'content-length',
  'connection',
  'accept-encoding',
  'transfer-encoding',
])

/**
 * The same call for a terminal; the body is the same byte for byte, so that its signature stays
 * good.
 */
export function curlOf({ method, target, headers, body }: Received, origin: string): string {
  const parts = [`curl -X ${method} ${quoted(origin + target)}`]
  for (const [name, value] of headers) {
    if (!OF_THE_CONNECTION.has(name.toLowerCase())) parts.push(`-H ${quoted(`${name}: ${value}`)}`)
  }
  if (body !== '') parts.push(`--data-binary ${quoted(body)}`)
  return parts.join(' \\\n  ')
}

/** Puts a text in single quotes; inside them only a single quote has a meaning to a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
