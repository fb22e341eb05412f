import type { createProbe } from './inp-probe.mjs'
import type { Paints } from './lcp.mjs'

// what the bench leaves in a page before anything of the page's own, and asks for later

declare global {
  var hookdeskProbe: ReturnType<typeof createProbe>
  var hookdeskPaints: Paints

  // of the Event Timing API, which TypeScript does not know whole
  interface PerformanceObserverInit {
    durationThreshold?: number
  }
}
