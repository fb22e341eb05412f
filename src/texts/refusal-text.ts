import type { FieldError } from '#contract/nexudus/errors.ts'

/** Properties that people know by another name. */
const LABELS = new Map([
  ['businessid', 'Location'],
  ['business', 'Location'],
])

/**
 * Makes a reason a sentence that names its field once. Nexudus' messages begin with the field, or
 * continue from it: "is a required field."
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
