import { trimAddress } from './address-text.ts'
import { parseAddress } from './address.ts'

/**
 * One key for all spellings of a URL: trimmed, in the parser's spelling. A text that is no URL is
 * compared as text. Paths and queries differ by every letter.
 */
export const addressKey = (address: string): string =>
  parseAddress(address)?.href ?? trimAddress(address).normalize()
