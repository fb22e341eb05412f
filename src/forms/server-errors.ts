import { get, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form'

import type { ApiError } from '#api/failure.ts'
import { reasonSentence } from '#texts/refusal-text.ts'

/**
 * Shows each refused value at its field. A refusal about no field, or about a field that this form
 * does not have, goes to `root.server`, so that none is lost.
 */
export function showServerErrors<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: ApiError,
  words: (propertyName: string, message: string) => string,
  aliases: Record<string, FieldPath<Values>> = {},
) {
  const fields = new Map<string, FieldPath<Values>>(Object.entries(aliases))
  for (const name of Object.keys(form.getValues())) {
    // each name of the form's values is a path into them
    fields.set(name.toLowerCase(), name as FieldPath<Values>)
  }

  const elsewhere: string[] = []
  for (const { PropertyName, Message } of error.failure.Errors ?? []) {
    const field = fields.get(PropertyName.toLowerCase())
    if (field === undefined) {
      elsewhere.push(reasonSentence({ PropertyName, Message }))
      continue
    }
    // a second reason for the same field is added to the first
    const before: unknown = get(form.formState.errors, `${field}.message`)
    const said = words(field, Message)
    const message = typeof before === 'string' && before !== said ? `${before} ${said}` : said
    form.setError(field, { type: 'server', message })
  }
  if (elsewhere.length > 0) {
    form.setError('root.server', { type: 'server', message: elsewhere.join('\n') })
  }
}
