/** Keeps something that only a complete look changes, so that it is read once for each of them. */
export function keptPerLook<Value>(read: () => PromiseLike<Value>) {
  let kept: { look: number; value: Promise<Value> } | undefined
  return (look: number): Promise<Value> => {
    if (kept?.look === look) return kept.value
    // a query of Drizzle is sent anew each time somebody waits for it
    const value = Promise.resolve().then(read)
    kept = { look, value }
    value.catch(() => {
      if (kept?.value === value) kept = undefined
    })
    return value
  }
}
