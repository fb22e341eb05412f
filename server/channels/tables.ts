import { boolean, jsonb, text } from 'drizzle-orm/pg-core'

import type { STEPS } from '#contract/desk/attention.ts'
import type { ChannelKind } from '#contract/desk/channels.ts'
import { instant } from '#platform/db/columns.ts'
import { desk } from '#server/db/desk-schema.ts'

/** Chats and programs that are told, set up by an administrator. */
export const channels = desk.table('channels', {
  id: text('id').primaryKey(),
  kind: text('kind').$type<ChannelKind>().notNull(),
  name: text('name').notNull(),
  /** The URL, and the secret that signs what is sent there; sealed and bound to this row. */
  url: text('url').notNull(),
  secret: text('secret'),
  /** The part of the URL that may be shown: its host and its last characters. */
  hint: text('hint').notNull(),
  /** The locations that are told of; `null` for all of them. */
  locations: jsonb('locations').$type<number[] | null>(),
  firstStep: text('first_step').$type<(typeof STEPS)[number]>().notNull(),
  zone: text('zone').notNull(),
  setBy: text('set_by').notNull(),
  setAt: instant('set_at').notNull(),
  /** The last reminder. */
  summedUpAt: instant('summed_up_at'),
  lastSentAt: instant('last_sent_at'),
  /** The last reason it could not be sent, and the first failure since the last success. */
  problem: text('problem'),
  failingSince: instant('failing_since'),
  /** True once people were told of that on another way. */
  isFailureTold: boolean('is_failure_told').notNull().default(false),
})
