import * as z from 'zod/mini'

import { isStorable } from '#contract/nexudus/text.ts'

import { mailAddressSchema } from './mail-address.ts'

/** The person to write to about a receiver. */
const personSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100), isStorable),
  address: mailAddressSchema,
})

/** The host of a receiver with its port, if it has one. */
const host = z
  .string()
  .check(z.trim(), z.toLowerCase(), z.minLength(1), z.maxLength(300), isStorable)

export const contactSchema = z.object({
  host: z.string(),
  name: z.string(),
  address: z.string(),
  /** The administrator who entered it. */
  by: z.string(),
  at: z.string(),
})

/** Contacts of receivers that webhooks deliver to, as far as the person may see those. */
export const contactsSchema = z.object({ contacts: z.array(contactSchema) })

/** Enters the contact of a receiver; `null` removes it. */
export const contactChangeSchema = z.object({ host, contact: z.nullable(personSchema) })

export type Contact = z.infer<typeof contactSchema>
export type ContactChange = z.infer<typeof contactChangeSchema>
