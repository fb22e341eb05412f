import './app/styles.ts'

import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'

import { watchActivity } from '#api/activity.ts'
import { onServerTime } from '#api/server-time.ts'
import { App } from '#app/app.tsx'
import { watchPresses } from '#ui/press.ts'
import { correctClock } from '#ui/now.ts'
import { watchPartStyles } from '#ui/part-styles.ts'
import { installTrustedTypes } from '#ui/trusted-types.ts'

installTrustedTypes()
// zod would try to compile its schemas from strings, which the page's policy refuses
z.config({ jitless: true })
watchActivity(window)
watchPartStyles(window)
onServerTime(correctClock)
watchPresses(window)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(<App />)
