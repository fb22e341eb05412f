/** Why a database cannot be opened, in one sentence for whoever starts Hookdesk. */
export class CannotOpen extends Error {
  override readonly name: string = 'CannotOpen'
}
