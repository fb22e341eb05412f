import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'

import type { Database } from '#server/db/database.ts'

import { apiGate } from './api-gate.ts'
import { businessRoutes } from './business-routes.ts'
import { businessSettingRoutes } from './business-setting-routes.ts'
import { createAdmit } from './caller.ts'
import { createCalls } from './calls.ts'
import { administratorsOnly, controlRoutes, totpRoute } from './control-routes.ts'
import { crossOrigin } from './cross-origin.ts'
import { deliveryRoutes } from './delivery/delivery-routes.ts'
import { enumRoutes } from './enum-routes.ts'
import { onError, type LogError } from './errors.ts'
import { createFaults } from './faults.ts'
import { frontPage } from './front-page.ts'
import { createLimits } from './limits.ts'
import { receiverControlRoutes, receiverRoutes } from './receiver/receiver-routes.ts'
import { roleRoutes } from './role-routes.ts'
import { ownNamesOnly } from './own-names.ts'
import { noSuchPath } from './routing.ts'
import { settingsRoutes } from './settings-routes.ts'
import { timeZoneRoutes } from './time-zone-routes.ts'
import { tokenRoute } from './token-route.ts'
import { meRoute, userRoleRoutes, userRoutes } from './user-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

export type SandboxApp = Hono<{ Bindings: HttpBindings }>

type SandboxNeeds = {
  db: Database
  now?: () => Date
  logError?: LogError
  /** A delivery is due: tells whoever sends. */
  onDue?: () => void
  /** A switch was turned. */
  onSwitched?: () => void
}

const nobody = () => {}

/** The API's paths are understood in any case, and with a slash at their end. */
function readPath(request: Request): string {
  const path = getPath(request)
  return /^\/api\//i.test(path) ? path.toLowerCase().replace(/\/$/, '') : path
}

/**
 * The Nexudus stand-in. What it keeps is in the database, so a new one on the same database
 * goes on where the last one stopped; only faults, what is counted of calls, and their list are
 * its own.
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
