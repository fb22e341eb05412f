import { randomUUID } from 'node:crypto'

// the sandbox's sample network, as its documentation describes it

/** @typedef {'admin' | 'named' | 'manager' | 'viewer' | 'totp' | 'norole' | 'reset'} Account */

export const PASSWORD = 'sandbox'

/** @param {Account} account */
export const emailOf = (account) => `${account}@hookdesk.test`

/** Two locations that every network has; the manager has both. */
export const SHOREDITCH = { id: 1_400_000_002, name: 'Northlight Shoreditch' }
export const ANCOATS = { id: 1_400_000_003, name: 'Northlight Ancoats' }
/** A location that the manager does not have. */
export const LISBON = { id: 1_400_000_005, name: 'Northlight Príncipe Real' }
/** A location with another time of day than the browsers of the tests. */
export const DUMBO = { id: 1_400_000_010, name: 'Northlight Dumbo' }

/** An action that the network has no webhook for. */
export const QUIET_ACTION = { name: 'FloorPlanDelete', number: 79 }

export const uniqueName = () => `E2E ${randomUUID()}`
