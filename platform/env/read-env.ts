import type * as z from 'zod'

/** Wrong settings, one line for each. */
export class BadEnv extends Error {
  override readonly name = 'BadEnv'
}

const IN_SMALL_LETTERS = new Set(['http_proxy', 'https_proxy', 'no_proxy'])

/** Reads the settings that a schema names. An empty or blank variable counts as unset. */
export function readEnvBy<Settings>(
  schema: z.ZodType<Settings>,
  source: NodeJS.ProcessEnv,
): Settings {
  const set = Object.entries(source).filter(([, value]) => value?.trim() !== '')
  // some variables are also known in small letters, which come first, as in other programs
  const small = set.filter(([name]) => IN_SMALL_LETTERS.has(name))
  const given = [...set, ...small.map(([name, value]) => [name.toUpperCase(), value] as const)]
  const result = schema.safeParse(Object.fromEntries(given))
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new BadEnv(lines.join('\n'))
}
