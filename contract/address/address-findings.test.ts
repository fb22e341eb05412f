import { expect, test } from 'vitest'

import { webhookInputSchema } from '#contract/nexudus/webhook.ts'

import { addressFindings, blockOf, warningsOf } from './address-findings.ts'
import { parseAddress } from './address.ts'
import { trimAddress } from './address-text.ts'

const internet = { exceptions: [], allowPrivateTargets: false }

const AROUND = ['\u200b', '\ufeff', '\u00ad', '\u200e', '\u200f', '\u202a', '\u2066', '\u2060']

test.each([...AROUND, '\u00a0', '\u3000', '\u2028', '\0', '\u3164', ' \u200b \t'])(
  '%j around a URL is trimmed like a space',
  (around) => {
    const address = `${around}https://example.com/in${around}`
    expect(trimAddress(address)).toBe('https://example.com/in')
    expect(parseAddress(address)?.href).toBe('https://example.com/in')
    expect(addressFindings(address, internet)).toEqual([])
    expect(webhookInputSchema.shape.URL.parse(address)).toBe('https://example.com/in')
  },
)

test('a very long run of spaces is trimmed in linear time', () => {
  const spaces = ' '.repeat(2_000_000)
  expect(trimAddress(`${spaces}a${spaces}b${spaces}`)).toHaveLength(2_000_002)
})

test.each([
  ['https://exam\u200bple.com/in', { code: 'invisible', about: 'U+200B' }],
  ['https://example.com/a\u00adb', { code: 'invisible', about: 'U+00AD' }],
  ['https://example.com/a\ufeffb', { code: 'invisible', about: 'U+FEFF' }],
  ['https://example.com/a\u202eb', { code: 'invisible', about: 'U+202E' }],
  ['https://example.com/a\u200db', { code: 'invisible', about: 'U+200D' }],
  ['https://example.com/a\u3164b', { code: 'invisible', about: 'U+3164' }],
  ['https://example.com/in%E2%80%8B', { code: 'invisible', about: 'U+200B' }],
  ['https://example.com/in?a=b\u0007c', { code: 'invisible', about: 'U+0007' }],
  ['https://example.com/a b', { code: 'space' }],
  ['https://example.com/a\u00a0b', { code: 'space' }],
  ['https://example.com/a\nb', { code: 'line-break' }],
  ['https://exa\tmple.com/', { code: 'line-break' }],
  ['https://example.com/in#top', { code: 'fragment' }],
  ['https://example.com/in#', { code: 'fragment' }],
  ['https://example.com/in,', { code: 'stray-end', about: 'comma' }],
  ['https://example.com/in;', { code: 'stray-end', about: 'semicolon' }],
  ['https://example.com/in.', { code: 'stray-end', about: 'full-stop' }],
  ['https://example.com/in"', { code: 'stray-end', about: 'quotation-mark' }],
  ['https://example.com/in)', { code: 'stray-end', about: 'bracket' }],
  ['https://example.com/in>', { code: 'stray-end', about: 'bracket' }],
  ['https://example.com\\in', { code: 'backslash' }],
  ['https://example.com:0/in', { code: 'port-zero' }],
  ['https://example.com/in?code=••••', { code: 'hidden' }],
  ['https://example.com/…9f3a', { code: 'hidden' }],
])('%j can be saved, with one warning of its own', (address, warning) => {
  expect(blockOf(address, internet)).toBeUndefined()
  expect(warningsOf(address, internet)).toEqual([{ level: 'warn', ...warning }])
  // unchanged, except for the spaces around it
  expect(webhookInputSchema.shape.URL.parse(address)).toBe(address)
})

test.each([
  'https://example.com/{{id}}',
  'https://example.com/<your-id>',
  'https://example.com/{token}',
  'https://example.com/?t=${TOKEN}',
  'https://example.com/?key=YOUR_TOKEN_HERE',
  'https://example.com/%7B%7Bid%7D%7D',
  'https://example.com/?k=your-api-key',
  'https://{tenant}.example.com/in',
  'https://your-domain.example/in',
  'https://example.com/[your key]x',
  'https://example.com/TOKEN_HERE',
  'https://a.example/CHANGE_ME'.toLowerCase(),
  'https://example.com/{{ $json.id }}',
])('%s looks like a placeholder', (address) => {
  expect(warningsOf(address, internet)).toContainEqual({ level: 'warn', code: 'placeholder' })
})

test.each([
  ['https://\u0430pple.com/', 'mixed'],
  ['https://xn--pple-43d.com/', 'mixed'],
  ['https://shop.g\u043e\u043egle.com/', 'mixed'],
  ['https://p\u03b1ypal.example/', 'mixed'],
  ['https://\u0585utlook.example/', 'mixed'],
  ['https://\u0251pple.com/', 'mixed'],
  ['https://paypa1\u0967.example/', 'mixed'],
  ['https://\u0430\u0440\u0440\u04cf\u0435.com/', 'foreign'],
  ['https://\u0441\u043e\u0440\u0435.example/', 'foreign'],
  ['https://\u03bf\u03bd\u03bf.example/', 'foreign'],
  ['https://example.com\u2044in.example/', 'sign'],
])('%s may be taken for another host', (address, kind) => {
  const about = new URL(address).hostname
  const warning = { level: 'warn', code: `look-alike-${kind}`, about }
  expect(warningsOf(address, internet)).toEqual([warning])
})

test.each([
  'https://münchen.example/',
  'https://東京.example/',
  'https://россия.example/',
  'https://пример.рф/',
  'https://ото.рф/',
  'https://ελλάδα.example/',
  'https://դեմո.example/',
  'https://日本語テスト.example/',
  'https://gmo東京.example/',
  'https://서울abc.example/',
  'https://diyarbakır.example/',
  'https://łódź.example/',
  'https://l·l.example/',
  'https://موقع.example/',
  'https://דוגמה.example/',
  'https://उदाहरण.example/',
  'https://نامه\u200cای.example/',
  'https://☕.example/',
  'https://straße.example/',
  'https://example.com/in?a={3F2504E0-4F89-11D3-9A0C-0305E82C3301}',
  'https://a.example/x(1)',
  'https://example.com/a%20b',
  'https://example.com/?q=ü&x=%2F',
  'https://yourspace.example/',
  'https://example.com/x?filter={"a":1}&b=[2]',
  'https://example.com:8443/',
  'https://a.b.c.example/',
])('%s has no findings', (address) => {
  expect(addressFindings(address, internet)).toEqual([])
})

test.each([
  ['https://example.com:99999', { code: 'port-too-high', about: '99999' }],
  ['https://example.com:99999/in', { code: 'port-too-high', about: '99999' }],
  ['https://example.com:80a/', { code: 'port-unreadable', about: '80a' }],
  ['https://https://example.com/in', { code: 'scheme-twice' }],
  ['https://http://example.com/in', { code: 'scheme-twice' }],
  ['http://https//example.com/in', { code: 'scheme-twice' }],
  ['https://exa mple.com/', { code: 'host-space' }],
  ['https://<your-id>.example.com/', { code: 'host-placeholder' }],
  ['https://exa%mple.com/', { code: 'host-unreadable' }],
  ['https://256.1.1.1/', { code: 'host-unreadable' }],
  ['example.com/in', { code: 'incomplete' }],
  ['https://', { code: 'incomplete' }],
  ['https://intranet/', { code: 'not-public' }],
])('%s is refused with the right reason: %o', (address, reason) => {
  const block = { level: 'block', ...reason }
  expect(addressFindings(address, internet)).toEqual([block])
  const open = { ...internet, allowPrivateTargets: true }
  if (reason.code !== 'not-public') expect(blockOf(address, open)).toEqual(block)
})
