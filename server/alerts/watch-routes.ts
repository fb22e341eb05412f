import { Hono, type Context } from 'hono'

import type { WatchState } from '#contract/desk/attention.ts'
import { watchSignInSchema, type WatchSettings } from '#contract/desk/settings.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

/** The watch, as far as its settings need it. */
export type WatchControls = {
  state: () => Promise<WatchState>
  /** True if the environment gives the account. */
  isGiven: () => Promise<boolean>
  account: () => Promise<{ email: string; signedInAt: Date; signedInBy: string | null } | null>
  signIn: (
    credentials: { email: string; password: string; totp?: string | undefined },
    by: string,
  ) => Promise<void>
  signOut: () => Promise<void>
  /** Looks soon, without waiting for the interval. */
  lookSoon: () => Promise<void>
}

type RouteNeeds = {
  watch: WatchControls
  canMail: boolean
  readOutbox: () => Promise<Pick<WatchSettings, 'outbox' | 'sentLately'>>
  adminOf: (c: Context) => Promise<SignedInAccount>
}

/** `/desk/watch`: the watch's account and its outbox, for unrestricted administrators. */
export function watchRoutes({ watch, canMail, readOutbox, adminOf }: RouteNeeds) {
  async function read(): Promise<WatchSettings> {
    const [{ hasAccount: _shown, ...state }, account, outbox, isGiven] = await Promise.all([
      watch.state(),
      watch.account(),
      readOutbox(),
      watch.isGiven(),
    ])
    return {
      ...state,
      ...outbox,
      canMail,
      isGiven,
      account: account && {
        email: account.email,
        signedInBy: account.signedInBy,
        signedInAt: account.signedInAt.toISOString(),
      },
    }
  }

  return new Hono<AppEnv>()
    .get('/', async (c) => {
      await adminOf(c)
      return c.json(await read())
    })
    .put('/account', valid('json', watchSignInSchema), async (c) => {
      const { email } = await adminOf(c)
      if (await watch.isGiven()) throw new Failed('bad_request', { reason: 'account_given' })
      await watch.signIn(c.req.valid('json'), email)
      await watch.lookSoon()
      return c.json(await read())
    })
    .delete('/account', async (c) => {
      await adminOf(c)
      if (await watch.isGiven()) throw new Failed('bad_request', { reason: 'account_given' })
      await watch.signOut()
      return c.json(await read())
    })
}
