import { ACTIONS, type ActionNumbers } from './actions.ts'

/** The number of every action by Nexudus' own name, slips included: `ACTION.BookingCreate`. */
export const ACTION: ActionNumbers =
  // built from the rows that the type is of
  Object.fromEntries(ACTIONS.map(({ name, number }) => [name, number])) as ActionNumbers
