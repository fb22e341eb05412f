import type { SignedInAccount } from '#server/nexudus/account.ts'

/** Whose change it is, and the run that it is part of. */
export type Author = Pick<SignedInAccount, 'email' | 'call'> & { runId?: number }
