import { trimAddress } from './address-text.ts'
import { parseAddress } from './address.ts'

/**
 * The same for two spellings of one address: without what is around it, as a parser writes it. What
 * is no address is compared as text. Paths and queries tell addresses apart to the letter.
 */
export const addressKey = (address: string): string =>
  parseAddress(address)?.href ?? trimAddress(address).normalize()
