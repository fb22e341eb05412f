import { useEffect, useState } from 'react'

const KEPT = 'hookdesk-has-views'

/** True unless there were none the last time: where nothing is known yet, there may be some. */
function mayHaveViews(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'no'
  } catch {
    return true
  }
}

function keepHas(has: boolean) {
  try {
    localStorage.setItem(KEPT, has ? 'yes' : 'no')
  } catch {
    // without storage the line is reserved each time
  }
}

/**
 * Decides if there is a line of tabs, so that no row moves by itself: views that arrive after the
 * list was drawn find a line reserved, or wait for the person's next `step`.
 */
export function useTabsLine(has: boolean | undefined, isDrawn: boolean, step: string): boolean {
  const [line, setLine] = useState(() => ({ isThere: mayHaveViews(), step: '' }))
  const isThere = has ?? line.isThere
  const at = isDrawn ? `at ${step}` : ''
  if (!isDrawn && isThere !== line.isThere) setLine({ isThere, step: '' })
  if (isDrawn && at !== line.step) setLine({ isThere, step: at })

  useEffect(() => {
    if (has !== undefined) keepHas(has)
  }, [has])
  return line.isThere
}
