import { expect, test } from 'vitest'

import { webhookInputSchema } from '#contract/nexudus/webhook.ts'

import { addressFindings, blockOf, warningsOf } from './address-findings.ts'
import { parseAddress } from './address.ts'
import { trimAddress } from './address-text.ts'

const internet = { exceptions: [], allowPrivateTargets: false }

const AROUND = ['\u200b', '\ufeff', '\u00ad', '\u200e', '\u200f', '\u202a', '\u2066', '\u2060']

test.each([...AROUND, '\u00a0', '\u3000', '\u2028', '\0', '\u3164', ' \u200b \t'])(
  '%j around an address is taken away like a space',
  (around) => {
    const address = `${around}https://example.com/in${around}`
    expect(trimAddress(address)).toBe('https://example.com/in')
    expect(parseAddress(address)?.href).toBe('https://example.com/in')
    expect(addressFindings(address, internet)).toEqual([])
    expect(webhookInputSchema.shape.URL.parse(address)).toBe('https://example.com/in')
  },
)

test('a very long row of spaces takes no longer than it has to', () => {
  const spaces = ' '.repeat(2_000_000)
  expect(trimAddress(`${spaces}a${spaces}b${spaces}`)).toHaveLength(2_000_002)
})

test.each([
  ['https://exam\u200bple.com/in', /invisible .* zero-width space \(U\+200B\)/],
  ['https://example.com/a\u00adb', /invisible .* soft hyphen \(U\+00AD\)/],
  ['https://example.com/a\ufeffb', /invisible .* byte order mark \(U\+FEFF\)/],
  ['https://example.com/a\u202eb', /invisible .* direction of writing \(U\+202E\)/],
  ['https://example.com/a\u200db', /invisible .* zero-width joiner \(U\+200D\)/],
  ['https://example.com/a\u3164b', /invisible .* U\+3164/],
  ['https://example.com/in%E2%80%8B', /invisible .* zero-width space/],
  ['https://example.com/in?a=b\u0007c', /invisible .* U\+0007/],
  ['https://example.com/a b', /contains a space/],
  ['https://example.com/a\u00a0b', /contains a space/],
  ['https://example.com/a\nb', /line break or a tab/],
  ['https://exa\tmple.com/', /line break or a tab/],
  ['https://example.com/in#top', /after # is not sent/],
  ['https://example.com/in#', /after # is not sent/],
  ['https://example.com/in,', /ends with a comma/],
  ['https://example.com/in;', /ends with a semicolon/],
  ['https://example.com/in.', /ends with a full stop/],
  ['https://example.com/in"', /ends with a quotation mark/],
  ['https://example.com/in)', /ends with a closing bracket/],
  ['https://example.com/in>', /ends with a closing bracket/],
  ['https://example.com\\in', /contains a \\/],
  ['https://example.com:0/in', /port 0/],
  ['https://example.com/in?code=••••', /seems to be hidden/],
  ['https://example.com/…9f3a', /seems to be hidden/],
])('%j can be saved, and is warned of in its own words', (address, words) => {
  expect(blockOf(address, internet)).toBeUndefined()
  expect(warningsOf(address, internet)).toEqual([expect.stringMatching(words)])
  // to the letter, but for what is around it
  expect(webhookInputSchema.shape.URL.parse(address)).toBe(address)
})

test.each([
  ...['https://example.com/{{id}}', 'https://example.com/<your-id>', 'https://example.com/{token}'],
  ...['https://example.com/?t=${TOKEN}', 'https://example.com/?key=YOUR_TOKEN_HERE'],
  ...['https://example.com/%7B%7Bid%7D%7D', 'https://example.com/?k=your-api-key'],
  ...['https://{tenant}.example.com/in', 'https://your-domain.example/in'],
  ...[
    'https://example.com/[your key]x',
    'https://example.com/TOKEN_HERE',
    'https://a.example/CHANGE_ME'.toLowerCase(),
  ],
  'https://example.com/{{ $json.id }}',
])('%s looks like a placeholder', (address) => {
  expect(warningsOf(address, internet)).toContain(
    'The URL seems to contain a placeholder. Nexudus uses it as it is.',
  )
})

test.each([
  ['https://\u0430pple.com/', /look-alike letters .* \(xn--pple-43d\.com\)/],
  ['https://xn--pple-43d.com/', /look-alike letters/],
  ['https://shop.g\u043e\u043egle.com/', /look-alike letters/],
  ['https://p\u03b1ypal.example/', /look-alike letters/],
  ['https://\u0585utlook.example/', /look-alike letters/],
  ['https://\u0251pple.com/', /look-alike letters/],
  ['https://paypa1\u0967.example/', /look-alike letters/],
  ['https://\u0430\u0440\u0440\u04cf\u0435.com/', /that look Latin but are not \(xn--/],
  ['https://\u0441\u043e\u0440\u0435.example/', /look Latin/],
  ['https://\u03bf\u03bd\u03bf.example/', /look Latin/],
  ['https://example.com\u2044in.example/', /looks like a slash/],
])('%s may be taken for another host', (address, words) => {
  expect(warningsOf(address, internet)).toEqual([expect.stringMatching(words)])
})

test.each([
  ...['https://münchen.example/', 'https://東京.example/', 'https://россия.example/'],
  ...['https://пример.рф/', 'https://ото.рф/', 'https://ελλάδα.example/', 'https://դեմո.example/'],
  ...['https://日本語テスト.example/', 'https://gmo東京.example/', 'https://서울abc.example/'],
  ...['https://diyarbakır.example/', 'https://łódź.example/', 'https://l·l.example/'],
  ...['https://موقع.example/', 'https://דוגמה.example/', 'https://उदाहरण.example/'],
  ...['https://نامه\u200cای.example/', 'https://☕.example/', 'https://straße.example/'],
  ...['https://example.com/in?a={3F2504E0-4F89-11D3-9A0C-0305E82C3301}', 'https://a.example/x(1)'],
  ...['https://example.com/a%20b', 'https://example.com/?q=ü&x=%2F', 'https://yourspace.example/'],
  ...[
    'https://example.com/x?filter={"a":1}&b=[2]',
    'https://example.com:8443/',
    'https://a.b.c.example/',
  ],
])('%s is an honest address', (address) => {
  expect(addressFindings(address, internet)).toEqual([])
})

test.each([
  ['https://example.com:99999', 'Port 99999 does not exist. The highest port is 65535.'],
  ['https://example.com:99999/in', 'Port 99999 does not exist. The highest port is 65535.'],
  ['https://example.com:80a/', '80a is not a port.'],
  ['https://https://example.com/in', 'The URL starts with https:// twice. Keep one.'],
  ['https://http://example.com/in', 'The URL starts with https:// twice. Keep one.'],
  ['http://https//example.com/in', 'The URL starts with https:// twice. Keep one.'],
  ['https://exa mple.com/', 'The host name contains a space. Delete it.'],
  ['https://<your-id>.example.com/', 'The host name contains a placeholder. Replace it.'],
  ['https://exa%mple.com/', 'Hookdesk cannot read the host name. Check its spelling.'],
  ['https://256.1.1.1/', 'Hookdesk cannot read the host name. Check its spelling.'],
  ['example.com/in', 'Enter a full URL that starts with https://'],
  ['https://', 'Enter a full URL that starts with https://'],
  ['https://intranet/', 'Nexudus cannot reach this URL over the internet.'],
])('%s is refused for its reason: %s', (address, reason) => {
  expect(addressFindings(address, internet)).toEqual([{ level: 'block', text: reason }])
  const open = { ...internet, allowPrivateTargets: true }
  if (!reason.startsWith('Nexudus')) expect(blockOf(address, open)).toBe(reason)
})
