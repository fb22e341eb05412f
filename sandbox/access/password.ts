import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, string, number, Buffer>(scrypt)

export type StoredPassword = { passwordHash: string; passwordSalt: string }

export async function hashPassword(password: string): Promise<StoredPassword> {
  const passwordSalt = randomBytes(16).toString('base64')
  const hash = await derive(password, passwordSalt, 32)
  return { passwordHash: hash.toString('base64'), passwordSalt }
}

export async function isPassword(password: string, stored: StoredPassword): Promise<boolean> {
  const hash = await derive(password, stored.passwordSalt, 32)
  return timingSafeEqual(hash, Buffer.from(stored.passwordHash, 'base64'))
}
