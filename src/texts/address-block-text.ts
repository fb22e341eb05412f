import { blockOf, type TargetPolicy } from '#contract/address/address-findings.ts'

import { findingText } from './address-finding-texts.ts'

/** Says why a URL must not be saved, if there is a reason. */
export function blockText(address: string, policy: TargetPolicy): string | undefined {
  const block = blockOf(address, policy)
  return block && findingText(block)
}
