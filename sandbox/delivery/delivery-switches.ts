import type { Database } from '#platform/db/database.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'

import type { DeliverySwitches } from './dispatcher.ts'

/** The current switches for deliveries. */
export async function readDeliverySwitches(db: Database): Promise<DeliverySwitches> {
  const switches = await readSwitches(db)
  return {
    pace: switches.retries,
    goneStops: switches.goneStops === 'yes',
    failureLimit: Number(switches.stopsAt),
    successResets: switches.successResets === 'yes',
    signsSubstituted: switches.signatureForm === 'substituted',
  }
}
