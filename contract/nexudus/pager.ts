/** The page to request, and its number of rows. */
export type Paging = { page: number; size: number }

/** Reasons for the failure of a page that may succeed with fewer rows. */
export type TooMany = 'refused' | 'too_large'

export function tooManyIn(code: string, upstreamStatus?: number): TooMany | undefined {
  if (code === 'upstream_too_large') return 'too_large'
  return upstreamStatus === 400 ? 'refused' : undefined
}

/** A page that arrived: its number of rows, and what Nexudus says of pages and of the list. */
type Came = {
  rows: number
  pageSize: number | null | undefined
  total: number | null | undefined
}

/**
 * Sizes to request. The first is the most that Nexudus accepts as `size`, the next is for an
 * edition that accepts less; the others are for rows so long that many do not fit into one answer.
 * Each is a tenth of the one before, so where a page of one size begins, a page of every smaller
 * size begins, too.
 */
const SIZES = [1000, 100, 10, 1] as const

/** Most rows of a page that is not refused for its size. */
const FEW = 10

/** Approximate limit for rows of a list that are requested one by one. */
const ALONE_AT_MOST = 100

/**
 * Goes through a list from its first row to its last. If a page is too large for one answer, its
 * rows are requested in tenths. If each tenth arrives, and the next page is too large as well, rows
 * are generally long, and the smaller size is kept for the rest. A single row that is too large is
 * left out. A change of size skips no row.
 */
export function createPager() {
  let largest: number = SIZES[0]
  let size = largest
  let page = 1
  /** Number of rows before this page. */
  let at = 0
  /** Most rows that Nexudus puts on a page, as far as was observed. */
  let most = Number.POSITIVE_INFINITY
  let total: number | undefined
  let alone = 0
  let hasCome = false
  /** Sizes in which the last page was too large, although each tenth of it arrived. */
  const tooLarge = new Set<number>()
  /** True if this page does not follow the one before it. */
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

  /** Returns to the largest size whose page can begin here. */
  const grow = () =>
    ask(SIZES.find((each) => each <= largest && at % Math.min(each, most) === 0) ?? size)

  /** Skips the page; returns its number of rows. */
  function leaveOut(): number {
    const left = Math.min(size, Math.max(1, (total ?? Number.POSITIVE_INFINITY) - at))
    at += size
    page += 1
    grow()
    return left
  }

  return {
    next: (): Paging => ({ page, size }),

    /** False if it is not the requested page, which happens if Nexudus makes smaller pages. */
    came(envelope: Came): boolean {
      const { rows, pageSize } = envelope
      const isFirst = isJump || page === 1
      // if Nexudus reports no page size, the first page of a size tells the length of the others
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
     * Continues with fewer rows at a time. Returns the number of rows skipped so that others may
     * arrive; `undefined` if smaller pages cannot help.
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
        // if none of the first rows arrives, and nothing else has, this may be no list at all
        return hasCome || alone < FEW ? leaveOut() : undefined
      }
      if (size === FEW && alone >= ALONE_AT_MOST) {
        // without a total nobody knows where the list ends
        return total !== undefined && total > at ? leaveOut() : undefined
      }
      if (size > FEW && tooLarge.has(size)) largest = size / 10
      tooLarge.add(size)
      tooLarge.delete(size * 10)
      ask(size / 10)
      return 0
    },

    /** Starts again at the first row; keeps the sizes that were learned. */
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
