import { lacking } from '#contract/nexudus/page.ts'
import { locationName, locationSchema } from '#contract/nexudus/location.ts'
import { webhookRowSchema, type WebhookRow } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'
import { listOf } from '#server/nexudus/list.ts'

/** Called before each page of webhooks is read; the returned callback gets the page. */
export type BeginReading = (asked: {
  search: URLSearchParams
  reader: { seesAll: boolean; call: SignedInAccount['call'] }
}) => (json: unknown) => Promise<unknown>

/**
 * The reason a look is incomplete: a failure's code, or one of these. `none_made` stands for looks
 * that no process made.
 */
export type LookTrouble = 'no_account' | 'incomplete' | 'emptied' | 'none_made' | (string & {})

export type Look = {
  pages: number
  unread: number
  rows: readonly WebhookRow[]
  trouble?: LookTrouble
  upstreamStatus?: number
}

type Asking = {
  account: SignedInAccount
  /** Number of webhooks at the last complete look. */
  before: number
  beginReading: BeginReading
}

/**
 * Reads every webhook that the account may see. The look is complete only if each page arrived and
 * their rows add up to Nexudus' total: whatever is absent from another look is no news.
 */
export async function lookAt({ account, before, beginReading }: Asking): Promise<Look> {
  let pages = 0
  const readings: Promise<unknown>[] = []
  const seesAll = account.rights.kind !== 'unknown' && account.locations === null
  try {
    const list = await listOf(webhookRowSchema, {
      path: '/api/sys/webhooks',
      async get(path) {
        const search = new URLSearchParams(path.slice(path.indexOf('?')))
        const onRead = beginReading({ search, reader: { seesAll, call: account.call } })
        const answer = await account.call({ method: 'GET', path, role: 'WebHook-List' })
        pages += 1
        readings.push(onRead(answer.json))
        return answer
      },
    })
    // the history first: it tells who switched a webhook off
    await Promise.all(readings)
    const { rows, unreadable: unread } = list
    const look = { pages, unread, rows }
    if (lacking(list) > 0) return { ...look, trouble: 'incomplete' }
    return rows.length === 0 && before > 0 ? { ...look, trouble: 'emptied' } : look
  } catch (error) {
    return { pages, unread: 0, rows: [], ...troubleOf(error) }
  }
}

/** A failure as the reason of an incomplete look. Anything unexpected is thrown on. */
export function troubleOf(error: unknown): Pick<Look, 'trouble' | 'upstreamStatus'> {
  if (!(error instanceof Failed)) throw error
  const { code, details } = error
  return {
    trouble: code,
    ...(details.upstreamStatus !== undefined && { upstreamStatus: details.upstreamStatus }),
  }
}

/** The names of the locations that the account may see; `undefined` if they cannot be read. */
export async function readPlaces({
  call,
}: SignedInAccount): Promise<Map<number, string> | undefined> {
  try {
    const list = await listOf(locationSchema, {
      path: '/api/sys/businesses',
      get: (path) => call({ method: 'GET', path, role: 'Business-List' }),
    })
    return new Map(list.rows.map((location) => [location.Id, locationName(location)]))
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return undefined
  }
}
