// apart from the rules, which need a parser of addresses: the page needs their texts earlier

/** Every finding about a URL that needs no call, by severity. */
export const ADDRESS_FINDINGS = {
  block: [
    'not-public',
    'scheme-twice',
    'incomplete',
    'host-placeholder',
    'host-space',
    'port-unreadable',
    'port-too-high',
    'host-unreadable',
  ],
  warn: [
    'look-alike-mixed',
    'look-alike-foreign',
    'look-alike-sign',
    'invisible',
    'placeholder',
    'hidden',
    'line-break',
    'space',
    'backslash',
    'stray-end',
    'fragment',
    'port-zero',
    'not-encrypted',
    'password',
    'test-url',
  ],
  inform: ['zapier', 'make', 'power-automate', 'n8n', 'slack'],
} as const

export type FindingLevel = keyof typeof ADDRESS_FINDINGS
export type FindingCode = (typeof ADDRESS_FINDINGS)[FindingLevel][number]

type FindingAt<Level extends FindingLevel> = {
  level: Level
  code: (typeof ADDRESS_FINDINGS)[Level][number]
  /** The part of the URL that the finding is about: the port, the host, the character. */
  about?: string
}

export type AddressFinding = { [Level in FindingLevel]: FindingAt<Level> }[FindingLevel]
export type AddressBlock = FindingAt<'block'>

/** Kinds of `stray-end`. */
export type StrayEnd = 'comma' | 'semicolon' | 'full-stop' | 'quotation-mark' | 'bracket'
