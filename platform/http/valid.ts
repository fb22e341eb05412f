import type { ValidationTargets } from 'hono'
import { validator } from 'hono/validator'
import * as z from 'zod/mini'

import { Failed } from './failure.ts'

// for people who call the desk without its page; the page has its own texts
const { localeError: english } = z.locales.en()

/** Parses one part of the request against the contract, or refuses it field by field. */
export function valid<Target extends keyof ValidationTargets, Schema extends z.ZodMiniType>(
  target: Target,
  schema: Schema,
) {
  return validator(target, (value): z.output<Schema> => {
    const result = z.safeParse(schema, value, { error: english })
    if (result.success) return result.data

    throw new Failed('bad_request', {
      reason: 'invalid_values',
      Errors: result.error.issues.map(({ path, message }) => ({
        PropertyName: String(path.at(-1) ?? ''),
        Message: message,
      })),
    })
  })
}
