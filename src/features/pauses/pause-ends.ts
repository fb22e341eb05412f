const HOUR_MS = 3_600_000

export type End = 'hour' | 'tomorrow' | 'monday' | 'other' | 'weekly'

export const ENDS: readonly { value: End; label: string }[] = [
  { value: 'hour', label: 'in an hour' },
  { value: 'tomorrow', label: 'tomorrow at 8:00' },
  { value: 'monday', label: 'on Monday at 8:00' },
  { value: 'other', label: 'at another time' },
  { value: 'weekly', label: 'pause and resume every week' },
]

const MORNING = 8
const MONDAY = 1

/** The end of one pause, on the reader's clock; `undefined` if it is over already, or no time. */
export function endOf(end: End, other: string, now: Date): Date | undefined {
  if (end === 'weekly') return undefined
  if (end === 'hour') return new Date(now.getTime() + HOUR_MS)
  if (end === 'other') {
    const at = new Date(other)
    return at > now ? at : undefined
  }
  const at = new Date(now)
  const days = end === 'tomorrow' ? 1 : (MONDAY + 7 - now.getDay()) % 7 || 7
  at.setDate(at.getDate() + days)
  at.setHours(MORNING, 0, 0, 0)
  return at
}

/** A time as the field `datetime-local` takes it, on the reader's clock. */
export function inputTime(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}
