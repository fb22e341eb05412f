import { ACTIONS, type ActionNumbers } from './actions.ts'

/** Each action's number by Nexudus' own name, slips included: `ACTION.BookingCreate`. */
export const ACTION: ActionNumbers =
  // built from the same rows as its type
  Object.fromEntries(ACTIONS.map(({ name, number }) => [name, number])) as ActionNumbers
