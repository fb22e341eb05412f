import { Button } from '@mantine/core'
import { IconChevronDown, IconDownload, IconPlus } from '@tabler/icons-react'
import { useNavigate, useRouteContext, useRouter, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'

import { FleetAge } from '#fleet/fleet-age.tsx'
import type { FleetRow } from '#fleet/fleet.ts'
import { isRefused, MissingRights, useLacking } from '#fleet/missing-rights.tsx'
import type { FleetInUse } from '#fleet/use-fleet.ts'
import { paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useKey } from '#ui/hooks/keys.ts'
import { pressOf } from '#ui/hooks/link-press.ts'
import { useOpenAt } from '#ui/hooks/open-at.ts'
import { PageHead, ScreenTitle } from '#ui/page/page.tsx'

import classes from './list-head.module.css'

const CreateMenu = lazyPart(() => import('./create-menu.tsx'), 'CreateMenu')

type ListHeadProps = Pick<FleetInUse, 'fleet'> & {
  /** The number of webhooks that match the filters, as drawn. */
  count: number
  /** The webhooks that match the filters, whatever is drawn by then. */
  matchingNow: () => readonly FleetRow[]
}

/** The title, the age of the list, and the button for a new webhook. */
export function ListHead({ fleet, count, matchingNow }: ListHeadProps) {
  const lacking = useLacking(['WebHook-Create', 'WebHook-Edit'])
  const mayCreate = !lacking.includes('WebHook-Create')
  return (
    <PageHead
      action={
        <div className={classes.acts}>
          <Export count={count} matchingNow={matchingNow} />
          {/* without the list, the page says what is missing */}
          {!isRefused(fleet.error) &&
            (mayCreate ? <Create /> : <MissingRights rights={lacking} isFolded />)}
        </div>
      }
    >
      <ScreenTitle id="webhooks-title">Webhooks</ScreenTitle>
      <FleetAge fleet={fleet} />
    </PageHead>
  )
}

/** Exports what the filters show; a selection is exported in its bar. */
function Export({ count, matchingNow }: Pick<ListHeadProps, 'count' | 'matchingNow'>) {
  const { ExportDialog } = useRouteContext({ from: paths.webhooks.route })
  const [ids, setIds] = useState<number[] | null>(null)
  return (
    <>
      <Button
        variant="default"
        className={classes.export}
        leftSection={<IconDownload size={18} aria-hidden />}
        disabled={count === 0}
        onClick={() => setIds(matchingNow().map(({ webhook }) => webhook.Id))}
      >
        Export list…
      </Button>
      <Suspense>{ids && <ExportDialog ids={ids} onClose={() => setIds(null)} />}</Suspense>
    </>
  )
}

/** One new webhook, and a menu for many. */
function Create() {
  const { open, buttonProps } = useOpenAt()
  return (
    <span className={classes.create}>
      <NewWebhook />
      <Button
        aria-label="More ways to add webhooks"
        aria-haspopup="menu"
        className={classes.more}
        {...buttonProps}
      >
        <IconChevronDown size={18} aria-hidden />
      </Button>
      <Suspense>{open && <CreateMenu {...open} />}</Suspense>
    </span>
  )
}

function NewWebhook() {
  const navigate = useNavigate()
  const { buildLocation } = useRouter()
  const search = useSearch({ strict: false })
  const make = () => void navigate({ ...paths.newWebhook(), search: (before) => before })
  useKey('n', make)
  return (
    <Button
      component="a"
      className={classes.make}
      leftSection={<IconPlus size={18} aria-hidden />}
      href={buildLocation({ ...paths.newWebhook(), search }).href}
      {...pressOf(make)}
    >
      <span className={classes.word}>New webhook</span>
    </Button>
  )
}
