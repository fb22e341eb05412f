/** Which page is asked for, and how many rows of it. */
export type Paging = { page: number; size: number }

/** Why a page did not come that may come where fewer rows are asked for. */
export type TooMany = 'refused' | 'too_large'

export function tooManyIn(code: string, upstreamStatus?: number): TooMany | undefined {
  if (code === 'upstream_too_large') return 'too_large'
  return upstreamStatus === 400 ? 'refused' : undefined
}

/** A page that came: its number of rows, and what Nexudus says of pages and of the list. */
type Came = {
  rows: number
  pageSize: number | null | undefined
  total: number | null | undefined
}

/**
 * The first is what Nexudus accepts as `size` at most, the next what is asked for where it accepts
 * less; the others are for rows so long that many of them are more than one answer may hold. Each
 * is a tenth of the one before: where a page of one size begins, a page of every smaller one does.
 */
const SIZES = [1000, 100, 10, 1] as const

/** A page this small is not refused for its size. */
const FEW = 10

/** About how many rows of a list are asked for one by one. */
const ALONE_AT_MOST = 100

/**
 * Goes through a list from its first row to its last. Where a page is too large for one answer, its
 * rows are asked for in tenths. Where each of them comes, and the next page is too large, too, rows
 * are long in general, and the smaller size is kept for the rest. A row that is too large by itself
 * is left out. No row is passed over where the size changes.
 */
export function createPager() {
  let largest: number = SIZES[0]
  let size = largest
  let page = 1
  /** How many rows lie before this page. */
  let at = 0
  /** How many rows Nexudus puts on a page at most, as far as was seen. */
  let most = Number.POSITIVE_INFINITY
  let total: number | undefined
  let alone = 0
  let hasCome = false
  /** The sizes in which the last page was too large, though each tenth of it came. */
  const tooLarge = new Set<number>()
  /** Whether this page does not follow the one before it. */
  let isJump = false

  function jump() {
    page = Math.floor(at / Math.min(size, most)) + 1
  }

  function ask(ofSize: number) {
    if (ofSize === size) return
    size = ofSize
    isJump = true
    jump()
  }

  /** The page begins where one of the largest size may, and is asked for in that. */
  const grow = () =>
    ask(SIZES.find((each) => each <= largest && at % Math.min(each, most) === 0) ?? size)

  /** The page is left out, with as many rows as there are on it. */
  function leaveOut(): number {
    const left = Math.min(size, Math.max(1, (total ?? Number.POSITIVE_INFINITY) - at))
    at += size
    page += 1
    grow()
    return left
  }

  return {
    next: (): Paging => ({ page, size }),

    /** Whether it was the page that was meant: it is not where Nexudus makes smaller pages. */
    came(envelope: Came): boolean {
      const { rows, pageSize } = envelope
      const isFirst = isJump || page === 1
      // where nothing is said of it, the first page of a size tells how many rows the others have
      const untold = isFirst ? rows : Math.min(size, most)
      const held = pageSize && pageSize > 0 ? Math.min(pageSize, size) : untold
      if (held > 0 && held < size) most = held
      if (size === 1) alone += 1
      total = envelope.total ?? total
      tooLarge.delete(size)
      hasCome = true
      const isMeant = !isJump || rows === 0 || page * held > at
      isJump = false
      if (isMeant) {
        at = page * held
        page += 1
        grow()
      } else jump()
      return isMeant
    },

    /**
     * Goes on with fewer rows at a time. How many were left out for that, so that others may come;
     * nothing where it is of no use.
     */
    goOn(why: TooMany): number | undefined {
      if (why === 'refused') {
        if (size <= FEW) return undefined
        largest = size / 10
        ask(largest)
        return 0
      }
      if (size === 1) {
        alone += 1
        // where none of the first rows comes, and nothing else has, this may be no list at all
        return hasCome || alone < FEW ? leaveOut() : undefined
      }
      if (size === FEW && alone >= ALONE_AT_MOST) {
        // without a total nobody says where it ends
        return total !== undefined && total > at ? leaveOut() : undefined
      }
      if (size > FEW && tooLarge.has(size)) largest = size / 10
      tooLarge.add(size)
      tooLarge.delete(size * 10)
      ask(size / 10)
      return 0
    },

    /** From the first row again, with what was learned of sizes. */
    restart() {
      at = 0
      page = 1
      isJump = false
      most = Number.POSITIVE_INFINITY
      alone = 0
      size = largest
    },
  }
}
