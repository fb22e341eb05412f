/** The reason a database cannot be opened, in one sentence for the person who starts Hookdesk. */
export class CannotOpen extends Error {
  override readonly name: string = 'CannotOpen'
}
