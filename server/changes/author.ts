import type { SignedInAccount } from '#server/nexudus/account.ts'

/** The person who makes a change, and the run it belongs to. */
export type Author = Pick<SignedInAccount, 'email' | 'call'> & { runId?: number }
