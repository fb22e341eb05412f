import { useEffect, useState } from 'react'

/** As long as the animation in `attention.module.css`. */
const LEAVING_MS = 180

const wantsRest = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

type Known = { readonly id: number }

/**
 * Keeps what has left a list for a moment longer where it was, so that people see which one it was.
 * Where less motion is asked for, it is gone at once.
 */
export function useLeaving<Item extends Known>(items: readonly Item[]) {
  const [drawn, setDrawn] = useState(items)
  const shown = wantsRest() ? items : withLeaving(drawn, items)
  if (!isSame(drawn, shown)) setDrawn(shown)

  const isAnyLeaving = shown.length > items.length
  // after every render: the list that is left over is that of the last one
  useEffect(() => {
    if (!isAnyLeaving) return undefined
    const timer = setTimeout(() => setDrawn(items), LEAVING_MS)
    return () => clearTimeout(timer)
  })

  const here = new Set(items.map(({ id }) => id))
  return { shown, isLeaving: ({ id }: Known) => !here.has(id) }
}

/** The items, and those that were drawn and are gone, each behind the one it stood behind. */
export function withLeaving<Item extends Known>(drawn: readonly Item[], items: readonly Item[]) {
  const here = new Set(items.map(({ id }) => id))
  const all = [...items]
  for (const [index, item] of drawn.entries()) {
    if (here.has(item.id)) continue
    const before = drawn[index - 1]?.id
    all.splice(all.findIndex(({ id }) => id === before) + 1, 0, item)
  }
  return all
}

const isSame = <Item>(one: readonly Item[], other: readonly Item[]) =>
  one.length === other.length && one.every((item, index) => item === other[index])
