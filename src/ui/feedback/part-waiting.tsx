import { useLine } from './line.ts'

/**
 * Replaces a screen whose code is still loading. That takes a moment, unless the connection is
 * lost.
 */
export function PartWaiting() {
  const line = useLine()
  if (line !== 'offline' && line !== 'unreachable') return null
  return (
    <div>
      <h1>{line === 'offline' ? 'You are offline' : 'Hookdesk does not answer'}</h1>
      <p>Nothing is lost. This opens automatically when the connection is back.</p>
    </div>
  )
}
