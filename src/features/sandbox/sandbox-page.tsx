import { Alert } from '@mantine/core'

import { ToDevelopers } from '#features/developers/to-developers.tsx'
import { useDesk } from '#features/session/use-desk.ts'
import { Columns, Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { Deliveries } from './deliveries.tsx'
import { Inbox } from './inbox.tsx'
import { MailBox } from './mail-box.tsx'
import { Receivers } from './receivers.tsx'
import classes from './sandbox-page.module.css'
import { Secrets } from './secrets.tsx'
import { Trigger } from './trigger.tsx'

/** The sandbox's own page: fire an action, and watch its deliveries. */
export function SandboxPage() {
  useDocumentTitle('Sandbox')
  const { sandbox, session } = useDesk()

  if (!sandbox) {
    return (
      <Sandbox>
        <Alert color="indigo" variant="light">
          This Hookdesk works on a real Nexudus. Start it without NEXUDUS_URL to get the sandbox.
        </Alert>
      </Sandbox>
    )
  }
  if (session.rights.kind !== 'unrestricted') {
    return (
      <Sandbox>
        <Alert color="indigo" variant="light">
          Only full administrators of the sandbox can use this page. Sign in as admin@hookdesk.test.
        </Alert>
      </Sandbox>
    )
  }
  return (
    <Sandbox>
      <Columns>
        <div className={classes.column}>
          <Trigger />
          <Deliveries />
        </div>
        <div className={classes.column}>
          <Inbox />
          <MailBox />
          <Receivers />
          <Secrets />
        </div>
      </Columns>
    </Sandbox>
  )
}

function Sandbox({ children }: { children: React.ReactNode }) {
  return (
    <Page width="full">
      <ToDevelopers />
      <ScreenTitle>Sandbox</ScreenTitle>
      <Lead>
        Events happen at its locations, its webhooks fire, and its receivers keep what arrives. The
        data is made up; the HTTP is real.
      </Lead>
      {children}
    </Page>
  )
}
