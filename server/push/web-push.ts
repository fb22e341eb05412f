import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto'

const CURVE = 'prime256v1'

/** In bytes. */
const SALT = 16
const TAG = 16

/** The size of a record; a message is a single one. Push services take no more than this. */
const RECORD_BYTES = 4096

/** In bytes: a record less its header, its tag, and the mark of its end. */
export const LONGEST_MESSAGE = RECORD_BYTES - 86 - TAG - 1

/** Marks the last record (RFC 8188). */
const LAST_RECORD = Buffer.of(2)

/** In seconds: push services refuse more than a day. */
const TOKEN_LIVES_S = 12 * 3600

type BrowserKeys = { p256dh: string; auth: string }

/** Random values, given only by tests. */
type Given = { salt?: Buffer; privateKey?: Buffer }

/** Encrypts a message for one browser: RFC 8291, with the coding `aes128gcm` of RFC 8188. */
export function encryptFor(keys: BrowserKeys, message: Uint8Array, given: Given = {}): Buffer {
  const theirs = Buffer.from(keys.p256dh, 'base64url')
  const secret = Buffer.from(keys.auth, 'base64url')
  const ours = createECDH(CURVE)
  if (given.privateKey) ours.setPrivateKey(given.privateKey)
  else ours.generateKeys()
  const own = ours.getPublicKey()
  const salt = given.salt ?? randomBytes(SALT)

  const shared = ours.computeSecret(theirs)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, own])
  const ikm = derive(shared, { salt: secret, info, bytes: 32 })
  const key = derive(ikm, { salt, info: 'Content-Encoding: aes128gcm\0', bytes: 16 })
  const nonce = derive(ikm, { salt, info: 'Content-Encoding: nonce\0', bytes: 12 })

  const size = Buffer.alloc(4)
  size.writeUInt32BE(RECORD_BYTES)
  const header = Buffer.concat([salt, size, Buffer.of(own.length), own])
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = [cipher.update(message), cipher.update(LAST_RECORD), cipher.final()]
  return Buffer.concat([header, ...sealed, cipher.getAuthTag()])
}

type Derivation = { salt: Buffer; info: string | Buffer; bytes: number }

const derive = (secret: Buffer, { salt, info, bytes }: Derivation) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))

/** True for a point of the curve: of any other, no secret can be shared. */
export function isPublicKey(text: string): boolean {
  try {
    const ours = createECDH(CURVE)
    ours.generateKeys()
    ours.computeSecret(Buffer.from(text, 'base64url'))
    return true
  } catch {
    return false
  }
}

/** A key pair by which push services know a desk: the point in base64url, and PKCS 8 as text. */
export function newKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: CURVE })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = [Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return {
    publicKey: Buffer.concat(point).toString('base64url'),
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

type Vapid = {
  endpoint: string
  /** A way to reach those who run the desk: `https:` or `mailto:`. */
  subject: string
  keys: { publicKey: string; privateKey: string }
  now: Date
}

/** Says who sends, signed for the endpoint's own origin (RFC 8292). */
export function vapidHeader({ endpoint, subject, keys, now }: Vapid): string {
  const exp = Math.floor(now.getTime() / 1000) + TOKEN_LIVES_S
  const claims = { aud: new URL(endpoint).origin, exp, sub: subject }
  const signed = [{ typ: 'JWT', alg: 'ES256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const key = createPrivateKey(keys.privateKey)
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${keys.publicKey}`
}
