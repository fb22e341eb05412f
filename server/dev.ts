import { createLog } from '#platform/http/log.ts'

import { composeDesk } from './compose.ts'
import { logLevelOf, readEnv } from './env.ts'

type Desk = Awaited<ReturnType<typeof composeDesk>>

// the development server evaluates this module anew after every change of server code, but only one
// desk can hold the ports and the data folder: the earlier one is closed first
declare global {
  var hookdeskDev: Promise<Desk> | undefined
}

const earlier = globalThis.hookdeskDev
const env = readEnv(process.env)
globalThis.hookdeskDev = (async () => {
  const desk = await earlier?.catch(() => undefined)
  await desk?.close()
  return composeDesk(env, createLog(logLevelOf(env)))
})()

export default {
  fetch: async (request: Request, bindings: object) => {
    const { app } = await (globalThis.hookdeskDev ??
      Promise.reject(new Error('No desk is running')))
    return app.fetch(request, bindings)
  },
}
