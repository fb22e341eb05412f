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

/** Properties that people know by another name. */
const LABELS = new Map([
  ['businessid', 'Location'],
  ['business', 'Location'],
])

/**
 * A reason as a sentence that names its field once. Nexudus' messages begin with the field, or go on
 * from it: "is a required field."
 */
export function reasonSentence({ PropertyName, Message }: FieldError): string {
  const message = Message.trim()
  if (PropertyName === '') return message
  const label = LABELS.get(PropertyName.toLowerCase()) ?? PropertyName
  if (message === '') return `${label} was refused.`
  const isNamed = [label, PropertyName].some((name) =>
    message.toLowerCase().startsWith(`${name.toLowerCase()} `),
  )
  if (isNamed) return message
  return /^\p{Ll}/u.test(message) ? `${label} ${message}` : `${label}: ${message}`
}

/** All reasons of a refusal, each once. */
export const reasonsText = (errors: readonly FieldError[]): string =>
  [...new Set(errors.map(reasonSentence))]
    .map((sentence) => (/[.!?…)]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ')

/** The refusal envelope: every field that was refused, all of them at once. */
export const refusalSchema = z.looseObject({
  Message: z.optional(z.nullable(z.string())),
  Errors: z.optional(fieldErrorsSchema),
})
