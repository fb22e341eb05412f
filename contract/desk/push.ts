import * as z from 'zod/mini'

const instant = z.string()

/** In UTF-16 units. */
const LONGEST_ENDPOINT = 2048
const LONGEST_NAME = 100

const base64url = (length: number) => z.string().check(z.regex(RegExp(`^[\\w-]{${length}}$`)))

/** The subscription of a browser, as its push service gave it (Push API). */
export const newBrowserSchema = z.object({
  endpoint: z.string().check(z.minLength(1), z.maxLength(LONGEST_ENDPOINT)),
  /** Its public key, a point of P-256 (65 bytes), and its secret (16 bytes). */
  keys: z.object({ p256dh: base64url(87), auth: base64url(22) }),
  /** By which the person knows it again. */
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_NAME)),
  /** The person's zone, for one who has no settings yet. */
  zone: z.string().check(z.maxLength(100)),
})

const browserSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** SHA-256 of its endpoint, by which a browser finds itself. */
  endpointHash: z.string(),
  addedAt: instant,
  lastSentAt: z.nullable(instant),
  problem: z.nullable(z.string()),
})

export const pushSchema = z.object({
  /** The public key that a browser subscribes with. */
  key: z.string(),
  /** The person's own browsers. */
  browsers: z.array(browserSchema),
})

export type NewBrowser = z.infer<typeof newBrowserSchema>
export type Push = z.infer<typeof pushSchema>

/** The message that a browser shows, as its worker reads it. */
export type PushMessage = {
  title: string
  body: string
  /** The page that a press opens, on the desk's own origin. */
  path: string
  /** A later message with the same tag replaces this one. */
  tag: string
}
