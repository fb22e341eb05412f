import type { Intents } from '#server/intents/intents.ts'
import type { Turns } from '#server/intents/turns.ts'

import { createLateWrites } from './late-writes.ts'
import { changer } from './change.ts'
import { creator } from './create.ts'
import { remover } from './remove.ts'

/**
 * The only way to write to Nexudus: read, compare with what the person saw, merge, write the whole
 * record, read again, note both in the history, answer the true state. Each intent has a key; under
 * one key a change happens once.
 */
export function createChanges(intents: Intents, turns: Turns) {
  const late = createLateWrites(intents)
  return {
    create: creator(intents),
    change: changer({ intents, turns, late }),
    remove: remover({ intents, turns, late }),
  }
}

export type Changes = ReturnType<typeof createChanges>
