import * as z from 'zod/mini'

import { fieldErrorsSchema } from './errors.ts'

/**
 * The command envelope that answers every create, update and delete. It may say
 * `WasSuccessful: false` inside an HTTP 200, and that is a refusal like any other.
 */
export const commandSchema = z.looseObject({
  WasSuccessful: z.boolean(),
  Status: z.optional(z.nullable(z.int())),
  Message: z.optional(z.nullable(z.string())),
  // a create answers `{ Id }` or the whole record; both are seen
  Value: z.optional(z.unknown()),
  Errors: z.optional(fieldErrorsSchema),
})

export const createdValueSchema = z.looseObject({ Id: z.int() })
