import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const VERSION = 'v1'
const IV_BYTES = 12
const TAG_BYTES = 16

export type Seal = {
  /** Binds `context` in: a text sealed for one row does not open under another. */
  seal: (text: string, context: string) => string
  open: (sealed: string, context: string) => string
}

/**
 * AES-256-GCM with keys derived from `secrets`. The first secret seals; all of them open, so a new
 * one can be put in front while rows of the old one expire.
 */
export function createSeal(secrets: [string, ...string[]]): Seal {
  const keys = secrets.map((secret) => {
    const key = createHash('sha256').update(`hookdesk seal ${secret}`).digest()
    return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 8) }
  })
  const [newest] = keys
  if (!newest) throw new Error('A secret is needed to seal with')

  return {
    seal(text, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', newest.key, iv).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      const packed = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
      return `${VERSION}.${newest.id}.${packed}`
    },

    open(sealed, context) {
      const [version, id, packed] = sealed.split('.')
      const key = keys.find((candidate) => candidate.id === id)?.key
      if (version !== VERSION || !key || !packed) throw new Error('Sealed with another secret')

      const bytes = Buffer.from(packed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      const opened = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]
      return Buffer.concat(opened).toString('utf8')
    },
  }
}
