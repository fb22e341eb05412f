import { plural } from './plural.ts'

type Evidence = { by: 'usual' | 'siblings'; hours: number; locations: number }

/** The evidence that a webhook is quiet, in words that follow the time of its last firing. */
export function evidenceText({ by, hours, locations }: Evidence, action: string): string {
  return by === 'siblings'
    ? `while “${action}” has fired at ${plural(locations, 'other location')} since then`
    : `though it usually fires in about ${hours} of the hours since then`
}
