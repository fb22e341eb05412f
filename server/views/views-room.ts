import { Hono, type Context } from 'hono'
import * as z from 'zod/mini'

import { newViewSchema, viewChangeSchema, type Views } from '#contract/desk/views.ts'
import type { Database } from '#platform/db/database.ts'
import { Failed } from '#platform/http/failure.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import { createNetworks } from './same-network.ts'
import { createViewStore, type ViewRow } from './view-store.ts'

type ViewsNeeds = {
  db: Database
  now: () => Date
  accountOf: (c: Context) => Promise<SignedInAccount>
  /** The account, if it is that of an administrator without limits. */
  adminOf: (c: Context) => Promise<SignedInAccount>
  loadPlaces: () => Promise<ReadonlyMap<number, string>>
}

const noView = () => new Failed('not_found', { reason: 'view' })

const isOwn = ({ owner }: ViewRow, { email }: SignedInAccount) => owner === email.toLowerCase()

/**
 * `/desk/views`: the list's filters and order under a name. Everybody saves their own; what an
 * administrator shares is seen by everybody in the network.
 */
export function createViewsRoom({ db, now, accountOf, adminOf, loadPlaces }: ViewsNeeds) {
  const store = createViewStore(db, now)
  const networks = createNetworks({ now, loadPlaces })

  async function read(account: SignedInAccount): Promise<Views> {
    const rows = await store.list(account.email)
    const own = rows.filter((row) => isOwn(row, account))
    const others = rows.filter((row) => !isOwn(row, account))
    const shared = others.length > 0 ? await inNetworkOf(account, others) : []
    return {
      views: [...own, ...shared].map((row) => ({
        id: row.id,
        name: row.name,
        search: row.search,
        isShared: row.network !== null,
        isOwn: isOwn(row, account),
        by: row.owner,
      })),
    }
  }

  async function inNetworkOf(account: SignedInAccount, rows: readonly ViewRow[]) {
    const isMine = await networks.belongingOf(account)
    return rows.filter(({ network }) => network !== null && isMine(network))
  }

  /** A person's own view. Those of others, shared or not, are not theirs to change. */
  async function findOwn(id: string, account: SignedInAccount): Promise<ViewRow> {
    const row = await store.find(id)
    if (!row || !isOwn(row, account)) throw noView()
    return row
  }

  const networkOf = (isShared: boolean, account: SignedInAccount) =>
    isShared ? networks.readLocations(account) : null

  const param = valid('param', z.object({ id: z.uuid() }))
  const routes = () =>
    new Hono<AppEnv>()
      .get('/', async (c) => c.json(await read(await accountOf(c))))
      .post('/', valid('json', newViewSchema), async (c) => {
        const { isShared, ...view } = c.req.valid('json')
        const account = await (isShared ? adminOf(c) : accountOf(c))
        const network = await networkOf(isShared, account)
        const id = await store.add(account.email, { ...view, network })
        return c.json({ ...(await read(account)), id }, 201)
      })
      .patch('/:id', param, valid('json', viewChangeSchema), async (c) => {
        const account = await accountOf(c)
        const { id } = c.req.valid('param')
        const { isShared: asked, ...change } = c.req.valid('json')
        const isShared = asked ?? (await findOwn(id, account)).network !== null
        // everybody sees the result, so it takes the same right as sharing
        if (isShared) await adminOf(c)
        const network = await networkOf(isShared, account)
        await store.change(account.email, id, { ...change, network })
        return c.json(await read(account))
      })
      .delete('/:id', param, async (c) => {
        const account = await accountOf(c)
        const { id } = c.req.valid('param')
        const row = await store.find(id)
        if (!row) throw noView()
        if (!isOwn(row, account)) {
          const [visible] = await inNetworkOf(account, [row])
          if (!visible) throw noView()
          await adminOf(c)
        }
        await store.remove(id)
        return c.json(await read(account))
      })

  return { routes: (app: Hono<AppEnv>) => app.route('/desk/views', routes()) }
}
