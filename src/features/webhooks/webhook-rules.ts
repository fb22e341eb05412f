import * as z from 'zod/mini'

import { blockOf, type TargetPolicy } from '#contract/address-findings.ts'
import { trimAddress } from '#contract/address-text.ts'
import { webhookInputSchema } from '#contract/webhook.ts'

/**
 * The contract's rules for a form, and the one that depends on where we run: an address Nexudus
 * cannot reach stands in the way, unless it was there before.
 */
export function webhookFormSchema(policy: TargetPolicy, savedURL: string | undefined) {
  const problemOf = (text: string) => {
    const address = trimAddress(text)
    return address === '' || address === savedURL ? undefined : blockOf(address, policy)
  }
  return z.extend(webhookInputSchema, {
    URL: webhookInputSchema.shape.URL.check(
      z.refine((address: string) => problemOf(address) === undefined, {
        error: ({ input }) => problemOf(String(input)),
      }),
    ),
  })
}
