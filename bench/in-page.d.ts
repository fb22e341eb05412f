import type { createProbe } from './inp-probe.mjs'
import type { Paints } from './lcp.mjs'

// variables that the bench sets in a page before the page's own scripts, and reads later

declare global {
  var hookdeskProbe: ReturnType<typeof createProbe>
  var hookdeskPaints: Paints

  // a part of the Event Timing API that TypeScript does not know
  interface PerformanceObserverInit {
    durationThreshold?: number
  }
}
