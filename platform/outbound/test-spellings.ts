// ways to write an address that must never be called; the rig sends each through every door

const LOOPBACK = [
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0x7f.0.0.1'],
  ...[
    '017700000001',
    '0177.0.0.1',
    '0177.1',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127．0．0．1',
  ],
  ...['%31%32%37.0.0.1', '127.0.0.%31', '0', '0.0.0.0', '0x0', '127.255.255.254', '127.0.0.01'],
  ...[
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[::]',
  ],
  ...['[64:ff9b::7f00:1]', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]', '[::ffff:0:127.0.0.1]'],
]
const PRIVATE = [
  ...['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.254', '192.168.0.1', '192.168.255.1'],
  ...['169.254.169.254', '0xa9fea9fe', '2852039166', '025177524776', '100.64.0.1', '198.18.0.1'],
  ...['192.0.0.192', '224.0.0.1', '255.255.255.255', '[fe80::1]', '[fc00::1]', '[fd12:3456::1]'],
  ...['[ff02::1]', '[fec0::1]', '[::ffff:10.0.0.1]', '[::ffff:169.254.169.254]', '[2001:db8::1]'],
  ...['[2001::1]', '[3fff::1]', '[5f00::1]', '[100::1]'],
]
const NAMES = [
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'lOcAlHoSt',
    'ｌｏｃａｌｈｏｓｔ',
    'intranet',
  ],
  ...['router.local', 'db.internal', 'nas.home.arpa', 'metadata.google.internal', 'x.onion'],
]
const FORMS: ((host: string, port: number) => string)[] = [
  (host, port) => `http://${host}:${port}/in`,
  (host, port) => `https://${host}:${port}/in`,
  (host, port) => `http:\\\\${host}:${port}/in`,
  (host, port) => `http:/${host}:${port}/in`,
  (host, port) => `HTTP://${host}:${port}/in?next=https://example.com`,
]

/** Every host in every form, with a port on which somebody would listen. More than three hundred. */
export const forbiddenUrls = (port: number): string[] =>
  [...LOOPBACK, ...PRIVATE, ...NAMES].flatMap((host) => FORMS.map((form) => form(host, port)))
