import * as z from 'zod/mini'

import { STEPS } from './attention.ts'

/** Where notices go besides people's mail. `webhook` is a program of the network's own. */
export const CHANNEL_KINDS = ['slack', 'discord', 'teams', 'google-chat', 'webhook'] as const

export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** The way a notice goes: to a person, by mail or in a browser, or into a channel. */
export type Route = ChannelKind | 'email' | 'push'

const instant = z.string()

/** In UTF-16 units. */
const LONGEST_NAME = 100
const LONGEST_URL = 2048

const wishes = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_NAME)),
  /** `null`: every location. */
  locations: z.nullable(z.array(z.int()).check(z.maxLength(10_000))),
  firstStep: z.enum(STEPS),
  /** IANA name of the zone in which messages give times. */
  zone: z.string().check(z.maxLength(100)),
}

const channelSchema = z.object({
  ...wishes,
  id: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  /** The host and the end of the URL, which nobody gets to see again. */
  hint: z.string(),
  setBy: z.string(),
  setAt: instant,
  lastSentAt: z.nullable(instant),
  /** The last reason a message could not be sent, and since when none could. */
  problem: z.nullable(z.string()),
  failingSince: z.nullable(instant),
  waiting: z.int(),
})

export const channelsSchema = z.object({
  channels: z.array(channelSchema),
  /** Signs what is sent to a new `webhook`; shown this once. */
  secret: z.optional(z.string()),
})

export const newChannelSchema = z.object({
  ...wishes,
  kind: z.enum(CHANNEL_KINDS),
  url: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_URL)),
})

export const channelChangeSchema = z.object(wishes)

export type Channel = z.infer<typeof channelSchema>
export type Channels = z.infer<typeof channelsSchema>
export type NewChannel = z.infer<typeof newChannelSchema>
export type ChannelChange = z.infer<typeof channelChangeSchema>
