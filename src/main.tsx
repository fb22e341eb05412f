import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'

import { watchActivity } from '#api/activity.ts'
import { onServerTime } from '#api/server-time.ts'
import { App } from '#app/app.tsx'
import { installIssueTexts } from '#texts/issue-texts.ts'
import { correctClock } from '#ui/hooks/now.ts'
import { watchPartStyles } from '#ui/hooks/part-styles.ts'
import { watchPresses } from '#ui/hooks/press.ts'
import { installTrustedTypes } from '#ui/hooks/trusted-types.ts'

import './app/styles.ts'

installTrustedTypes()
// stops zod from compiling schemas from strings, which the page's security policy forbids
z.config({ jitless: true })
installIssueTexts()
watchActivity(window)
watchPartStyles(window)
onServerTime(correctClock)
watchPresses(window)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(<App />)
