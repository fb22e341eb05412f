import { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import { reaches, type Admit, type Caller } from '#sandbox/access/caller.ts'
import { readId } from '#sandbox/wire/body-fields.ts'
import { done, unsuccessful } from '#sandbox/wire/command-envelope.ts'
import { NotFound } from '#sandbox/wire/errors.ts'
import { readJsonObject } from '#sandbox/wire/json-body.ts'
import { listEnvelope, readListQuery } from '#sandbox/wire/list-query.ts'
import { idOf, methodNotAllowed, missing } from '#sandbox/wire/routing.ts'
import { readSwitches, type Switches } from '#sandbox/wire/switches.ts'
import { wireTime } from '#sandbox/wire/wire-time.ts'

import { readWebhookDraft } from './webhook-input.ts'
import {
  deleteWebhook,
  findWebhook,
  insertWebhook,
  isBusiness,
  listWebhooks,
  replaceWebhook,
  webhookListing,
  webhookListRecord,
  webhookRecord,
} from './webhook-store.ts'

/** `/api/sys/webhooks`: list, read, create, update and delete, and an empty list of commands. */
export function webhookRoutes(db: Database, admit: Admit, now: () => Date) {
  const draftRules = (caller: Caller, { refusalNames, unknownActions }: Switches) => ({
    businessProperty: refusalNames,
    takesUnknownActions: unknownActions === 'taken',
    isUsableBusiness: async (id: number) => reaches(caller, id) && (await isBusiness(db, id)),
  })

  return new Hono()
    .get('/', async (c) => {
      const caller = await admit(c.req.raw, 'WebHook-List')
      const switches = await readSwitches(db)
      const query = readListQuery(c.req.url, webhookListing, switches)
      const { total, rows } = await listWebhooks(db, query, caller)
      const records = rows.map((row) => webhookListRecord(row, switches.listDescription))
      return c.json(listEnvelope(query, total, records))
    })
    .post(async (c) => {
      const caller = await admit(c.req.raw, 'WebHook-Create')
      const body = await readJsonObject(c)
      const switches = await readSwitches(db)
      const draft = await readWebhookDraft(body, draftRules(caller, switches))

      const stamp = { at: wireTime(now()), by: caller.user.email }
      const row = await insertWebhook(db, draft, stamp)
      const value = switches.createAnswer === 'record' ? webhookRecord(row) : { Id: row.id }
      return c.json(done({ message: 'WebHook was successfully created.', value, ...stamp }))
    })
    .put(async (c) => {
      const caller = await admit(c.req.raw, 'WebHook-Edit')
      const body = await readJsonObject(c)
      const switches = await readSwitches(db)
      const before = await findWebhook(db, readId(body), caller)
      if (!before) throw missing(switches)

      const update = {
        before,
        actionIfOmitted: switches.omittedAction === 'kept' ? before.action : 0,
        activeIfOmitted: switches.omittedActive === 'kept' && before.active,
      }
      const rules = { ...draftRules(caller, switches), update }
      const draft = await readWebhookDraft(body, rules)
      const stamp = { at: wireTime(now()), by: caller.user.email }
      const resetsErrors = switches.resumeResets === 'yes'
      await replaceWebhook(db, before.id, draft, { ...stamp, resetsErrors })
      const value = { Id: before.id }
      return c.json(done({ message: 'WebHook was successfully updated.', value, ...stamp }))
    })
    .all(methodNotAllowed)

    .get('/commands', async (c) => {
      // no webhook command is published, and none was ever observed
      await admit(c.req.raw)
      return c.json([])
    })
    .all(methodNotAllowed)
    .post('/runcommand', async (c) => {
      await admit(c.req.raw, 'WebHook-Edit')
      const { Key } = await readJsonObject(c)
      return c.json(
        unsuccessful(`The command '${typeof Key === 'string' ? Key : ''}' does not exist.`),
      )
    })
    .all(methodNotAllowed)

    .get('/:id', async (c) => {
      const caller = await admit(c.req.raw, 'WebHook-Read')
      const row = await findWebhook(db, idOf(c.req.param('id')), caller)
      if (!row) throw missing(await readSwitches(db))
      return c.json(webhookRecord(row))
    })
    .delete(async (c) => {
      const caller = await admit(c.req.raw, 'WebHook-Delete')
      const row = await findWebhook(db, idOf(c.req.param('id')), caller)
      // a second delete was observed to get 404, so no switch decides here
      if (!row || !(await deleteWebhook(db, row.id, now()))) throw new NotFound()
      return c.json(
        done({
          message: 'The record was deleted successfully.',
          value: null,
          at: wireTime(now()),
          by: caller.user.email,
        }),
      )
    })
    .all(methodNotAllowed)
}
