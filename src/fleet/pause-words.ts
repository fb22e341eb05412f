/** Of a webhook that is off: what its off time costs, as far as anybody knows. */
export const EVENTS_WHILE_OFF =
  'Events that happen while it is off are probably lost: Nexudus does not document this.'
