import * as z from 'zod/mini'

/** One reason for a refusal, and the property it is about, as Nexudus writes it. */
export const fieldErrorSchema = z.looseObject({
  PropertyName: z.catch(z.string(), ''),
  Message: z.catch(z.string(), ''),
  // a bare z.unknown() would make the key required, and JSON drops undefined
  AttemptedValue: z.optional(z.unknown()),
})

/** However odd one reason is, the others and the `Message` around them are not lost with it. */
export const fieldErrorsSchema = z.catch(
  z.nullable(z.array(z.catch(fieldErrorSchema, { PropertyName: '', Message: '' }))),
  null,
)

export type FieldError = z.infer<typeof fieldErrorSchema>

/** The refusal envelope: every field that was refused, all of them at once. */
export const refusalSchema = z.looseObject({
  Message: z.optional(z.nullable(z.string())),
  Errors: z.optional(fieldErrorsSchema),
})
