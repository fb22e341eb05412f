/** Says what an off time costs, as far as is known. */
export const EVENTS_WHILE_OFF =
  'Events that happen while it is off are probably lost: Nexudus does not document this.'

/** Completes a sentence about a webhook that is not known to be on: "…, and it is switched off". */
export const offOrUnread = (active: boolean | null) =>
  active === null ? 'Hookdesk cannot read whether it is on' : 'it is switched off'
