import * as z from 'zod/mini'

import type { TargetPolicy } from '#contract/address/address-findings.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import {
  webhookInputSchema,
  type EditableField,
  type WebhookFields,
} from '#contract/nexudus/webhook.ts'
import { blockText } from '#texts/address-block-text.ts'
import { fieldProblem } from '#texts/issue-texts.ts'

/**
 * The contract's rules for a form, and one that depends on the network of the desk: a URL that
 * Nexudus cannot reach is refused, unless it is the stored one. A stored value that is invalid or
 * unreadable is not the person's fault: it stays, and does not block changes to other fields.
 */
export function webhookFormSchema(policy: TargetPolicy, saved: WebhookFields | undefined) {
  const problemOf = (text: string) => {
    const address = trimAddress(text)
    return address === '' || address === saved?.URL ? undefined : blockText(address, policy)
  }
  const { Action, Name, URL, Description, Active } = webhookInputSchema.shape
  const URLToReach = URL.check(
    z.refine((address: string) => problemOf(address) === undefined, {
      error: ({ input }) => problemOf(String(input)),
    }),
  )
  return z.extend(webhookInputSchema, {
    Action: saved ? z.union([z.literal(saved.Action), Action]) : Action,
    Active: saved ? z.nullable(Active) : Active,
    Name: unlessSaved('Name', Name, saved?.Name),
    URL: unlessSaved('URL', URLToReach, saved?.URL),
    Description: unlessSaved('Description', Description, saved?.Description),
  })
}

/** Checks the text of a field by its rule in the contract, unless it is the stored text. */
function unlessSaved(name: EditableField, rule: z.ZodMiniType<string>, saved = '') {
  return z.string().check(
    z.check<string>((context) => {
      const text = context.value
      if (text.trim() !== '' && text.trim() === saved.trim()) {
        context.value = text.trim()
        return
      }
      const message = fieldProblem(name, rule, text)
      if (message === undefined) context.value = z.parse(rule, text)
      else context.issues.push({ code: 'custom', message, input: text })
    }),
  )
}
