import * as z from 'zod'

import { readEnvBy } from '#platform/env/read-env.ts'
import { databaseSettings, outboundSettings, sandboxSettings } from '#platform/env/settings.ts'

const envSchema = z.object({ ...databaseSettings, ...sandboxSettings, ...outboundSettings })

/** Settings of the sandbox as a program of its own; fails with a line for each wrong one. */
export const readEnv = (source: NodeJS.ProcessEnv) => readEnvBy(envSchema, source)
