import * as z from 'zod/mini'

import { fieldErrorsSchema } from '#contract/nexudus/errors.ts'

import type { Answer } from './answer.ts'

const envelopeSchema = z.looseObject({
  WasSuccessful: z.optional(z.unknown()),
  Message: z.catch(z.nullish(z.string()), null),
  Errors: z.optional(fieldErrorsSchema),
})

/**
 * True if Nexudus says that a role is missing: with a 403, or with a text inside a 200 or a 400.
 */
export function isDenied({ status, json }: Answer): boolean {
  if (status === 403) return true
  if (status !== 200 && status !== 400) return false
  const { data } = z.safeParse(envelopeSchema, json)
  const text = typeof json === 'string' ? json : data?.Errors?.length ? '' : data?.Message
  return /^\s*access denied\b/i.test(text ?? '')
}

/** Nexudus' reason for not answering a read, if it comes inside a 200; the text may be empty. */
export function failureIn({ status, json }: Answer): string | undefined {
  const { data } = z.safeParse(envelopeSchema, json)
  return status === 200 && data?.WasSuccessful === false ? (data.Message?.trim() ?? '') : undefined
}
