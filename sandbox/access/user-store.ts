import { eq } from 'drizzle-orm'

import type { Database } from '#platform/db/database.ts'
import { users, type UserRow } from '#sandbox/db/tables.ts'

import { isPassword } from './password.ts'

/** The active user with this e-mail address and password. */
export async function findUserByPassword(
  db: Database,
  email: string,
  password: string,
): Promise<UserRow | undefined> {
  // the database refuses a NUL in a text, and no e-mail address has one
  if (email.includes('\0')) return undefined
  const address = email.trim().toLowerCase()
  const [user] = await db.select().from(users).where(eq(users.email, address))
  const isRight = user?.active === true && (await isPassword(password, user))
  return isRight ? user : undefined
}
