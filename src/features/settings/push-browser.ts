import type { NewBrowser } from '#contract/desk/push.ts'
import { ownZone } from '#ui/controls/zone-field.tsx'
import { PUSH_WORKER } from '#ui/hooks/trusted-types.ts'

/** The reason that this browser cannot show notices. */
export type PushBar = 'insecure' | 'unsupported' | 'blocked'

/** The reason that notices cannot be turned on here; `undefined` if they can. */
export function pushBar(): PushBar | undefined {
  if (!globalThis.isSecureContext) return 'insecure'
  const isAble = 'serviceWorker' in navigator && 'PushManager' in globalThis
  if (!isAble || !('Notification' in globalThis)) return 'unsupported'
  return Notification.permission === 'denied' ? 'blocked' : undefined
}

/** The person did not allow notifications. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed'
}

/** The browser could not subscribe: mostly, it did not reach its push service. */
export class NotSubscribed extends Error {
  override readonly name = 'NotSubscribed'
}

/** Subscribes this browser with the desk's public key. Asks the person first, if need be. */
export async function subscribe(key: string): Promise<NewBrowser> {
  // asked by the press itself: some browsers allow it only then
  if ((await Notification.requestPermission()) !== 'granted') throw new NotAllowed()
  await navigator.serviceWorker.register(PUSH_WORKER)
  const { pushManager } = await navigator.serviceWorker.ready
  const before = await pushManager.getSubscription()
  // one of another desk at this address, or of an earlier key, would be refused
  await before?.unsubscribe()
  const wanted = { userVisibleOnly: true, applicationServerKey: bytesOf(key) }
  const subscription = await pushManager.subscribe(wanted).catch((error: unknown) => {
    throw new NotSubscribed('No subscription', { cause: error })
  })
  const { endpoint, keys: { p256dh = '', auth = '' } = {} } = subscription.toJSON()
  return {
    endpoint: endpoint ?? '',
    keys: { p256dh, auth },
    name: browserName(navigator.userAgent),
    zone: ownZone(),
  }
}

/** Ends the subscription of this browser, if it has one. */
export async function unsubscribe() {
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

/** SHA-256 of this browser's endpoint, by which it finds itself in the list. */
export async function ownHash(): Promise<string | null> {
  if (pushBar()) return null
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  if (!subscription) return null
  const bytes = new TextEncoder().encode(subscription.endpoint)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (sign) => sign.codePointAt(0) ?? 0)
}

const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** “Firefox on Linux”, by which a person knows a browser again. */
export function browserName(userAgent: string): string {
  const named = (names: readonly (readonly [string, string])[]) =>
    names.find(([mark]) => userAgent.includes(mark))?.[1]
  const system = named(SYSTEMS)
  return `${named(BROWSERS) ?? 'Browser'}${system ? ` on ${system}` : ''}`
}
