import { ApiError } from '#api/failure.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { showServerErrors } from '#forms/server-errors.ts'
import { findingText } from '#texts/address-finding-texts.ts'
import { textOf } from '#texts/failure-texts.ts'
import { reasonSentence } from '#texts/refusal-text.ts'

import type { WebhookForm } from './webhook-form.tsx'

// Nexudus may name the relation instead of the field that was sent
const ALIASES = { business: 'BusinessId' } as const

/** Shows a refusal at its field, and says whether Hookdesk or Nexudus refused. */
export function showRefusal(form: WebhookForm, error: unknown) {
  if (!(error instanceof ApiError)) return
  const isNexudus = error.code === 'refused'
  const { block } = error.failure
  const words = (field: string, message: string) => {
    // a refusal by the desk itself has a reason instead of a message
    if (!isNexudus) return message || (block ? findingText(block) : textOf(error))
    if (field === 'BusinessId' && !/required/i.test(message)) {
      return `This location is not available to you, or no longer exists. (Nexudus: ${message})`
    }
    return `Nexudus says: ${reasonSentence({ PropertyName: field, Message: message })}`
  }
  showServerErrors(form, error, words, ALIASES)
  if (isNexudus && !error.failure.Errors?.length) {
    const message = explainFailure(error)
    form.setError('root.server', { type: 'server', message })
  }
}
