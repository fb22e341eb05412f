import * as z from 'zod/mini'

import { fieldErrorsSchema } from './errors.ts'
import { wireFlag, wireInt } from './wire-values.ts'

/**
 * The command envelope that answers every create, update and delete. It may say `WasSuccessful:
 * false` inside an HTTP 200, which is a refusal like any other.
 */
export const commandSchema = z.looseObject({
  WasSuccessful: wireFlag,
  Status: z.catch(z.nullish(wireInt), null),
  Message: z.optional(z.nullable(z.string())),
  // a create answers `{ Id }` or the whole record; both were observed
  Value: z.optional(z.unknown()),
  Errors: z.optional(fieldErrorsSchema),
})

export const createdValueSchema = z.looseObject({ Id: wireInt })
