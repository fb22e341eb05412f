import * as z from 'zod/mini'

/** One reason for a refusal, and its property, as Nexudus writes it. */
export const fieldErrorSchema = z.looseObject({
  PropertyName: z.catch(z.string(), ''),
  Message: z.catch(z.string(), ''),
  // a bare z.unknown() would make the key required, and JSON drops undefined
  AttemptedValue: z.optional(z.unknown()),
})

/** One malformed reason must not lose the others or the `Message` around them. */
export const fieldErrorsSchema = z.catch(
  z.nullable(z.array(z.catch(fieldErrorSchema, { PropertyName: '', Message: '' }))),
  null,
)

export type FieldError = z.infer<typeof fieldErrorSchema>

/** The refusal envelope, with all refused fields at once. */
export const refusalSchema = z.looseObject({
  Message: z.optional(z.nullable(z.string())),
  Errors: z.optional(fieldErrorsSchema),
})
