import { Button, Text, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'

import type { TargetPolicy } from '#contract/address/address-findings.ts'
import { trimAddress } from '#contract/address/address-text.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import { AddressFindings } from '#fleet/address-findings.tsx'
import type { FleetRow } from '#fleet/fleet.ts'
import { paths } from '#paths'
import { blockText } from '#texts/address-block-text.ts'
import { InlineForm } from '#ui/controls/inline-form.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Lead, useDocumentTitle } from '#ui/page/page.tsx'
import { byCount } from '#contract/words/plural.ts'

import { HostTaskHead, SeeAllDestinations } from './host-task.tsx'
import { readMoveTarget } from './move-host.ts'
import { Moves } from './moves.tsx'
import classes from './host-task.module.css'
import { movesOf } from './move-plan.ts'
import { rowsAt } from './rows-at.ts'

type MoveHostProps = {
  from: string
  rows: readonly FleetRow[]
  isRead: boolean
  /** Explains problems with reading the webhooks. */
  children: ReactNode
}

/** Moves all webhooks that send to one host to another: shows the changes, then checks them. */
export function MoveHost({ from, rows, isRead, children }: MoveHostProps) {
  useDocumentTitle(`Move ${from}`)
  const { exceptions, allowPrivateTargets } = useDesk()
  const mayEdit = useMay('WebHook-Edit')
  const { to = '' } = useSearch({ from: paths.destinations.route })
  const { text, setText } = useText(to)
  // a plan never appears below another host than its own
  const isShownOf = text.trim() === to.trim()
  const target = readMoveTarget(to)
  const affected = rowsAt(rows, from)
  const policy = { exceptions, allowPrivateTargets }

  return (
    <>
      <HostTaskHead act="Move" host={from} toDo="move a host">
        {children}
      </HostTaskHead>
      {mayEdit && isRead && affected.length === 0 && (
        <EmptyState
          picture="receiver"
          title="No webhook delivers to this host"
          text="It may already have been moved."
        >
          <SeeAllDestinations />
        </EmptyState>
      )}
      {mayEdit && affected.length > 0 && (
        <>
          <Lead>
            {byCount(affected.length, '1 webhook delivers', `${affected.length} webhooks deliver`)}{' '}
            to it. Only the host changes; path, query and credentials stay exactly as they are.
          </Lead>
          <TargetForm from={from} to={to} policy={policy} text={text} onText={setText} />
          {target && !isShownOf && (
            <Text size="sm" c="dimmed" role="note">
              The list below is for another host. Press “Show what changes” to update it.
            </Text>
          )}
          {target && isShownOf && (
            <AddressFindings
              address={`${target.scheme ?? 'https'}://${target.host}/`}
              rows={rows}
            />
          )}
          {target && isShownOf && (
            // ticks and checks belong to one target
            <Moves key={to} from={from} to={to} moves={movesOf(rows, from, target, policy)} />
          )}
        </>
      )}
    </>
  )
}

/** The text in the field: typed by the person, or from the address when that changes by itself. */
function useText(to: string) {
  const [state, setState] = useState({ text: to, to })
  if (state.to !== to) setState({ text: to, to })
  return { text: state.text, setText: (text: string) => setState({ text, to }) }
}

type TargetFormProps = {
  from: string
  to: string
  policy: TargetPolicy
  text: string
  onText: (text: string) => void
}

function TargetForm({ from, to, policy, text, onText }: TargetFormProps) {
  const navigate = useNavigate()
  const [isTold, setIsTold] = useState(to !== '')
  const target = readMoveTarget(text)

  function submit() {
    setIsTold(true)
    if (!target) return
    void navigate({
      ...paths.destinations(),
      search: { move: from, to: text.trim() },
      replace: true,
      resetScroll: false,
    })
  }

  return (
    <InlineForm label="Move to" onSubmit={submit}>
      <TextInput
        label="New host"
        description="Add the port if there is one. Start with https:// to change the scheme too."
        placeholder="hooks.example.com"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        dir="ltr"
        required
        className={classes.field}
        error={isTold && !target ? targetProblem(text, policy) : undefined}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <Button type="submit">Show what changes</Button>
      {target && target.host.toLowerCase() === from && target.scheme === null && (
        <Text size="sm" role="note">
          The webhooks already send to this host.
        </Text>
      )}
    </InlineForm>
  )
}

/** Explains a wrong host, in the words that refuse a URL at that host. */
function targetProblem(text: string, policy: TargetPolicy): string {
  const host = trimAddress(text).replace(/^https?:\/\/|\/$/gi, '')
  const reason = /^[^/?#\\@]+$/.test(host) ? blockText(`https://${host}/`, policy) : undefined
  return reason ?? 'Enter a host, without a path: hooks.example.com'
}
