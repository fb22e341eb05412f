import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'

import type { Database } from '#platform/db/database.ts'
import { createAdmit } from '#sandbox/access/caller.ts'
import { tokenRoute } from '#sandbox/access/token-route.ts'
import { apiGate } from '#sandbox/api/api-gate.ts'
import { businessRoutes } from '#sandbox/api/business-routes.ts'
import { businessSettingRoutes } from '#sandbox/api/business-setting-routes.ts'
import { enumRoutes } from '#sandbox/api/enum-routes.ts'
import { createLimits } from '#sandbox/api/limits.ts'
import { roleRoutes } from '#sandbox/api/role-routes.ts'
import { timeZoneRoutes } from '#sandbox/api/time-zone-routes.ts'
import { meRoute, userRoleRoutes, userRoutes } from '#sandbox/api/user-routes.ts'
import { webhookRoutes } from '#sandbox/api/webhook-routes.ts'
import { deliveryRoutes } from '#sandbox/delivery/delivery-routes.ts'
import { createCalls } from '#sandbox/faults/calls.ts'
import { administratorsOnly, controlRoutes, totpRoute } from '#sandbox/faults/control-routes.ts'
import { createFaults } from '#sandbox/faults/faults.ts'
import { settingsRoutes } from '#sandbox/faults/settings-routes.ts'
import { mailRoutes } from '#sandbox/mail/mail-routes.ts'
import { receiverControlRoutes, receiverRoutes } from '#sandbox/receiver/receiver-routes.ts'
import { crossOrigin } from '#sandbox/wire/cross-origin.ts'
import { onError, type LogError } from '#sandbox/wire/errors.ts'
import { ownNamesOnly } from '#sandbox/wire/own-names.ts'
import { noSuchPath } from '#sandbox/wire/routing.ts'

import { frontPage } from './front-page.ts'

export type SandboxApp = Hono<{ Bindings: HttpBindings }>

type SandboxNeeds = {
  db: Database
  now?: () => Date
  logError?: LogError
  /** Called when a delivery is due. */
  onDue?: () => void
  /** Called after a switch was changed. */
  onSwitched?: () => void
}

const nobody = () => {}

/** The API's paths match in any case, and with a slash at the end. */
function readPath(request: Request): string {
  const path = getPath(request)
  return /^\/api\//i.test(path) ? path.toLowerCase().replace(/\/$/, '') : path
}

/**
 * The sandbox's app. Its state is in the database, so a new app on the same database continues
 * where the last one stopped; only faults, the counts of calls, and the list of calls are in
 * memory.
 */
export function createSandbox(needs: SandboxNeeds): { app: SandboxApp } {
  const { db, now = () => new Date(), logError = nobody } = needs
  const { onDue = nobody, onSwitched = nobody } = needs
  const admit = createAdmit(db, now)
  const calls = createCalls()
  const faults = createFaults()

  const app: SandboxApp = new Hono<{ Bindings: HttpBindings }>({ getPath: readPath })
  app.onError(onError(logError))
  app.notFound(noSuchPath)

  app.use(ownNamesOnly)

  app.get('/', (c) => c.text(frontPage(new URL(c.req.url).origin)))
  app.route('/receiver', receiverRoutes(db, now))

  app.route('/sandbox/totp', totpRoute(db, now))
  app.use('/sandbox/*', administratorsOnly(admit))
  app.route('/sandbox', controlRoutes({ db, calls, faults, onSwitched }))
  app.route('/sandbox', settingsRoutes({ db, onSwitched }))
  app.route('/sandbox', deliveryRoutes({ db, now, onDue }))
  app.route('/sandbox', receiverControlRoutes(db))
  app.route('/sandbox', mailRoutes(db))

  app.use('/api/*', crossOrigin(db))
  app.use('/api/*', apiGate({ db, calls, faults, limits: createLimits(), now }))
  app.route('/api/token', tokenRoute(db, now))
  app.route('/api/auth/me', meRoute(db, admit))
  app.route('/api/sys/users', userRoutes(db, admit))
  app.route('/api/sys/businesses', businessRoutes(db, admit, now))
  app.route('/api/sys/businesssettings', businessSettingRoutes(db, admit, now))
  app.route('/api/sys/simpletimezones', timeZoneRoutes(db, admit))
  app.route('/api/sys/webhooks', webhookRoutes(db, admit, now))
  app.route('/api/security/userroles', userRoleRoutes(db, admit))
  app.route('/api/security/roles', roleRoutes(db, admit))
  app.route('/api/utils/enums', enumRoutes(admit))

  return { app }
}
