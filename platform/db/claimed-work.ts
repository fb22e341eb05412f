import type { Logger } from 'pino'

import { whileLeased } from './lease.ts'

type ClaimedWorkOptions<Row> = {
  /** Claims the next row that is due. */
  claim: () => Promise<Row | undefined>
  renew: (row: Row) => Promise<unknown>
  act: (row: Row) => Promise<void>
  log: Logger
  /** “ending pauses”, for the log. */
  name: string
}

/** Works on the rows that are due, one after the other, each under its lease. */
export function createClaimedWork<Row>(options: ClaimedWorkOptions<Row>) {
  const { claim, renew, act, log, name } = options
  let isStopping = false
  let working: Promise<void> = Promise.resolve()

  async function workAll() {
    for (;;) {
      if (isStopping) return
      const row = await claim()
      if (row === undefined) return
      await whileLeased(
        () => renew(row),
        () => act(row),
      )
    }
  }

  return {
    /** True once no further step may begin. */
    isStopping: () => isStopping,
    /** Works on all that are due. Never rejects. */
    work(): Promise<void> {
      working = working
        .then(workAll)
        .catch((error: unknown) => log.error({ err: error }, `${name} failed`))
      return working
    },
    async stop() {
      isStopping = true
      await working
    },
  }
}
