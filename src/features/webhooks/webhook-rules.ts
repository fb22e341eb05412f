import * as z from 'zod/mini'

import { addressFindings, type TargetPolicy } from '#contract/address-findings.ts'
import { webhookInputSchema } from '#contract/webhook.ts'

/**
 * The contract's rules for a form, and the one that depends on where we run: an address Nexudus
 * cannot reach stands in the way, unless it was there before.
 */
export function webhookFormSchema(policy: TargetPolicy, savedURL: string | undefined) {
  const blockOf = (address: string) => {
    if (address.trim() === '' || address.trim() === savedURL) return undefined
    return addressFindings(address, policy).find(({ level }) => level === 'block')?.text
  }
  return z.extend(webhookInputSchema, {
    URL: webhookInputSchema.shape.URL.check(
      z.refine((address: string) => blockOf(address) === undefined, {
        error: ({ input }) => blockOf(String(input)),
      }),
    ),
  })
}
