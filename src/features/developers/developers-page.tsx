import { IconFlask, IconSignature, IconWebhook, type Icon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'

import { useDesk } from '#features/session/use-desk.ts'
import { paths } from '#paths'
import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import classes from './developers-page.module.css'

/** The start of what is for people who write receivers and programs. */
export function DevelopersPage() {
  useDocumentTitle('Developers')
  const { sandbox } = useDesk()
  return (
    <Page width="full">
      <ScreenTitle>Developers</ScreenTitle>
      <Lead>For those who write the programs at the other end.</Lead>
      <ul className={classes.parts}>
        <Part to={paths.signature} Icon={IconSignature} title="Check a signature">
          Paste a delivery and its secret: see whether the signature is right, and which known
          mistake was made if not. With code in four languages.
        </Part>
        <Part to={paths.events} Icon={IconWebhook} title="Events for programs">
          What Hookdesk sends to a program of yours when a webhook fails or stops, with schemas and
          samples.
        </Part>
        {sandbox && (
          <Part to={paths.sandbox} Icon={IconFlask} title="Sandbox">
            Let events happen in the made-up network, and see what its receivers and its mail box
            got.
          </Part>
        )}
      </ul>
    </Page>
  )
}

type PartProps = {
  to: () => { to: string }
  Icon: Icon
  title: string
  children: string
}

function Part({ to, Icon: PartIcon, title, children }: PartProps) {
  return (
    <li className={classes.part}>
      <PartIcon size={24} aria-hidden />
      <h2 className={classes.title}>
        <Link {...to()} className={classes.link}>
          {title}
        </Link>
      </h2>
      <p className={classes.text}>{children}</p>
    </li>
  )
}
