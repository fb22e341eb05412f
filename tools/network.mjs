import { randomUUID } from 'node:crypto'

// what the sandbox starts with, as its documents tell it to anybody

/** @typedef {'admin' | 'named' | 'manager' | 'viewer' | 'totp' | 'norole' | 'reset'} Account */

export const PASSWORD = 'sandbox'

/** @param {Account} account */
export const emailOf = (account) => `${account}@hookdesk.test`

/** Two of the locations that every network has; the manager has both. */
export const SHOREDITCH = { id: 1_400_000_002, name: 'Northlight Shoreditch' }
export const ANCOATS = { id: 1_400_000_003, name: 'Northlight Ancoats' }
/** One that the manager does not have. */
export const LISBON = { id: 1_400_000_005, name: 'Northlight Príncipe Real' }

/** Nothing in the network listens to it. */
export const QUIET_ACTION = { name: 'FloorPlanDelete', number: 79 }

export const uniqueName = () => `E2E ${randomUUID()}`
