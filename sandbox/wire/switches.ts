import type { FieldError } from '#contract/nexudus/errors.ts'
import type { Database } from '#platform/db/database.ts'
import { switches } from '#sandbox/db/tables.ts'

import { Refused } from './errors.ts'

/**
 * Points that Nexudus leaves undocumented, or that it answers in two ways. Each is a decision of
 * the sandbox that a person or a test can reverse.
 */
const SWITCHES = {
  missingId: {
    decides: 'Status of reading or updating an id that does not exist; a delete always answers 404',
    allowed: ['404', '500'],
    default: '404',
  },
  throttleStatus: {
    decides: 'Status that asks to slow down: the older documents say 409, newer ones 429',
    allowed: ['409', '429'],
    default: '409',
  },
  limits: {
    decides:
      'Whether calls are limited: by the older published edition (60 writes a minute and 2,500 a ' +
      'day, 10 reads in 100 ms), by the newer one (60 writes a minute and 5,000 a day; of all calls ' +
      '1 in 100 ms, 120 a minute, 5,000 an hour, 200,000 a day), or not at all',
    allowed: ['off', 'older', 'newer'],
    default: 'off',
  },
  oversizedPage: {
    decides:
      'Whether a list that is asked for more than the documented 1,000 rows answers with 1,000, or refuses',
    allowed: ['cut', 'refused'],
    default: 'cut',
  },
  cors: {
    decides:
      'Whether pages of other origins are kept out, as is assumed of Nexudus, or may call the API',
    allowed: ['refused', 'allowed'],
    default: 'refused',
  },
  listDescription: {
    decides: 'Whether list rows lack Description, or carry it as null',
    allowed: ['absent', 'null'],
    default: 'absent',
  },
  createAnswer: {
    decides: 'Whether Value of a create holds only the Id, or the whole new record',
    allowed: ['id', 'record'],
    default: 'id',
  },
  unknownActions: {
    decides: 'Whether actions beyond the catalogue, and the one called None, are refused or taken',
    allowed: ['refused', 'taken'],
    default: 'refused',
  },
  omittedAction: {
    decides: 'Whether an update without Action writes 0, as a replacement would, or keeps it',
    allowed: ['zero', 'kept'],
    default: 'zero',
  },
  omittedActive: {
    decides: 'Whether an update without Active switches the webhook off, or leaves it as it was',
    allowed: ['off', 'kept'],
    default: 'off',
  },
  refusalNames: {
    decides: 'Whether a refused location is named BusinessId, or by its relation, Business',
    allowed: ['BusinessId', 'Business'],
    default: 'BusinessId',
  },
  stringFilter: {
    decides: 'Whether text filters of lists find a part of the text, or only all of it',
    allowed: ['contains', 'exact'],
    default: 'contains',
  },
  dirOne: {
    decides: 'What dir=1 means in a list; dir=-1 is the opposite, the words always mean themselves',
    allowed: ['ascending', 'descending'],
    default: 'ascending',
  },
  wrongCode: {
    decides:
      'How a sign-in with a wrong second factor is refused: asking for it again, or like a wrong password',
    allowed: ['two_factor_auth_check', 'invalid_grant'],
    default: 'two_factor_auth_check',
  },
  mail: {
    decides:
      'What the mail box does with a mail: keep it, refuse it for good, put it off, let the sender ' +
      'wait, or break off after the last byte',
    allowed: ['kept', 'refused', 'later', 'hangs', 'breaks'],
    default: 'kept',
  },
  retries: {
    decides: 'Whether failed deliveries are retried over a day, or within seconds to look at',
    allowed: ['full', 'short'],
    default: 'full',
  },
  signatureForm: {
    decides:
      'Whether deliveries are escaped and signed as they are, or sent unescaped and signed with ' +
      'a question mark for every character beyond ASCII, as the documented routine does',
    allowed: ['body', 'substituted'],
    default: 'body',
  },
  rootCovers: {
    decides: 'Whether a webhook of the root location fires for the locations below it, too',
    allowed: ['no', 'yes'],
    default: 'no',
  },
  goneStops: {
    decides: 'Whether a 410 switches the webhook off at once',
    allowed: ['no', 'yes'],
    default: 'no',
  },
  stopsAt: {
    decides:
      'How many failures in a row switch a webhook off: ten are documented, eleven were seen',
    allowed: ['10', '11'],
    default: '10',
  },
  successResets: {
    decides: 'Whether a delivery that succeeds sets ErrorCount back to 0',
    allowed: ['yes', 'no'],
    default: 'yes',
  },
  resumeResets: {
    decides: 'Whether switching a webhook on sets its ErrorCount back to 0',
    allowed: ['yes', 'no'],
    default: 'yes',
  },
  ticker: {
    decides: 'Whether things happen at the locations by themselves, as on a busy day',
    allowed: ['off', 'on'],
    default: 'off',
  },
} as const

export type SwitchName = keyof typeof SWITCHES
export type Switches = { [Name in SwitchName]: (typeof SWITCHES)[Name]['allowed'][number] }

// Object.keys loses the type of the keys
const SWITCH_NAMES = Object.keys(SWITCHES) as SwitchName[]

const isSwitchName = (name: string): name is SwitchName => Object.hasOwn(SWITCHES, name)

const isAllowed = (name: SwitchName, value: unknown) =>
  SWITCHES[name].allowed.some((allowed) => allowed === value)

export async function readSwitches(db: Database): Promise<Switches> {
  const stored = new Map((await db.select().from(switches)).map(({ name, value }) => [name, value]))
  const values = SWITCH_NAMES.map((name) => {
    const value = stored.get(name)
    return [name, isAllowed(name, value) ? value : SWITCHES[name].default]
  })
  // fromEntries loses which value belongs to which name; each was checked above
  return Object.fromEntries(values) as Switches
}

/** Every switch with its present value, for people to read. */
export async function describeSwitches(db: Database) {
  const values = await readSwitches(db)
  return SWITCH_NAMES.map((name) => ({ name, ...SWITCHES[name], value: values[name] }))
}

/** Sets the named switches; refuses all of them if one name or value is unknown. */
export async function writeSwitches(db: Database, wanted: Record<string, unknown>) {
  const errors: FieldError[] = []
  const rows: { name: string; value: string }[] = []
  for (const [name, given] of Object.entries(wanted)) {
    // people may type 404 or "404"
    const value = String(given)
    if (!isSwitchName(name)) {
      errors.push({ PropertyName: name, Message: 'is not a switch', AttemptedValue: given })
    } else if (!isAllowed(name, value)) {
      const Message = `must be one of ${SWITCHES[name].allowed.join(', ')}`
      errors.push({ PropertyName: name, Message, AttemptedValue: given })
    } else {
      rows.push({ name, value })
    }
  }
  if (errors.length > 0) throw new Refused(errors)

  await db.transaction(async (tx) => {
    for (const { name, value } of rows) {
      const row = tx.insert(switches).values({ name, value })
      await row.onConflictDoUpdate({ target: switches.name, set: { value } })
    }
  })
}
