import type { SignatureVerdict } from '#contract/nexudus/signature.ts'

type Words = { level: 'good' | 'trouble'; title: string; text: string }

/** The meaning of each finding, and what the receiver has to do differently. */
export const VERDICTS: Record<SignatureVerdict, Words> = {
  valid: {
    level: 'good',
    title: 'Valid',
    text: 'The signature matches this body and this secret.',
  },
  ascii: {
    level: 'good',
    title: 'Valid, in the form with question marks',
    text: 'The documented routine reads the body as ASCII and signs a “?” for each character that is not. Accept this form as well as the exact one; it protects those characters less.',
  },
  letter_case: {
    level: 'trouble',
    title: 'Valid except for upper and lower case',
    text: 'Nexudus writes upper-case hex. Ignore case when you compare.',
  },
  without_array: {
    level: 'trouble',
    title: 'Signed without the array',
    text: 'This is the signature of the record alone. Nexudus signs the whole body, the square brackets around the record included.',
  },
  around_again: {
    level: 'trouble',
    title: 'Signed with an extra array',
    text: 'This is the signature of the body inside another pair of square brackets. The body that arrives has its own; sign it as it is.',
  },
  escaped: {
    level: 'trouble',
    title: 'Signed before it was unescaped',
    text: 'This is the signature of the body with \\uXXXX in place of accents. What you pasted has been parsed, or decoded, since: check the bytes as they arrive.',
  },
  unescaped: {
    level: 'trouble',
    title: 'Signed after it was rewritten',
    text: 'This is the signature of the same data without spaces and escapes. Check the bytes as they arrive, before anything parses them.',
  },
  reserialised: {
    level: 'trouble',
    title: 'Signed after it was pretty-printed',
    text: 'This is the signature of the same data, laid out differently. Check the bytes as they arrive.',
  },
  trailing_space: {
    level: 'trouble',
    title: 'A missing or extra space or line ending',
    text: 'This is the signature of the body with other white space at its end. Copying often adds a line ending.',
  },
  byte_order_mark: {
    level: 'trouble',
    title: 'A missing or extra byte order mark',
    text: 'This is the signature of the body with, or without, an invisible mark at its start. As far as is known, Nexudus sends none; an editor may have added it.',
  },
  json_string: {
    level: 'trouble',
    title: 'The body was pasted as a JSON string',
    text: 'This is the signature of the body without the quotation marks around it and the backslashes inside. A log or a tool wrapped it in a string; sign what is in the string.',
  },
  slashes: {
    level: 'trouble',
    title: 'Slashes escaped, as PHP does',
    text: 'This is the signature of the same data with \\/ in place of /, or the other way round. PHP’s json_encode writes \\/. Check the bytes as they arrive, from php://input.',
  },
  secret_space: {
    level: 'trouble',
    title: 'A space around the secret',
    text: 'Without the spaces around the secret the signature is valid.',
  },
  secret_newline: {
    level: 'trouble',
    title: 'A line ending after the secret',
    text: 'This was signed with the secret and a line ending after it. A file, or a command such as echo, often adds one. Remove it where your code reads the secret.',
  },
  secret_decoded: {
    level: 'trouble',
    title: 'The secret was decoded',
    text: 'This was signed with the secret decoded from Base64 or hex. The secret is the text itself: use its characters as they are.',
  },
  swapped: {
    level: 'trouble',
    title: 'Secret and body swapped',
    text: 'This was signed with the body as the key and the secret as the message. Functions differ in which one comes first.',
  },
  base64: {
    level: 'trouble',
    title: 'Base64 instead of hex',
    text: 'The bytes are right. Nexudus writes them as upper-case hex.',
  },
  dashes: {
    level: 'trouble',
    title: 'Separators between the bytes',
    text: 'The bytes are right. .NET’s BitConverter writes a dash between them, other tools a colon or a space; Nexudus writes none.',
  },
  prefixed: {
    level: 'trouble',
    title: 'A prefix that Nexudus does not use',
    text: 'Other senders put sha256= or v1, in front. Nexudus sends the bare hex; compare with that.',
  },
  sha1: {
    level: 'trouble',
    title: 'As long as a SHA-1',
    text: 'It is as long as a SHA-1. Nexudus signs with HMAC-SHA256, which is 64 characters of hex.',
  },
  other_hash: {
    level: 'trouble',
    title: 'As long as another hash',
    text: '32 characters of hex are as long as an MD5, 96 as a SHA-384, 128 as a SHA-512. Nexudus signs with HMAC-SHA256, which is 64.',
  },
  plain_hash: {
    level: 'trouble',
    title: 'A plain SHA-256',
    text: 'This is a SHA-256 of the body, or of the body and the secret one after the other. Nexudus uses HMAC, which mixes the secret in another way. Use the HMAC function of your language.',
  },
  malformed: {
    level: 'trouble',
    title: 'Not a signature',
    text: 'A signature is 64 characters, 0 to 9 and A to F. This is something else, or part of one.',
  },
  missing: {
    level: 'trouble',
    title: 'No signature',
    text: 'A delivery without the header comes from a location without a shared secret, or not from Nexudus.',
  },
  other: {
    level: 'trouble',
    title: 'Not valid',
    text: 'This is none of the mistakes Hookdesk knows. The secret is a different one, or the body is not what was sent.',
  },
}
