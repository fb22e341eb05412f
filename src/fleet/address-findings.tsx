import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import { addressFindings } from '#contract/address/address-findings.ts'
import { hostOf, parseAddress } from '#contract/address/address.ts'
import type { AddressFinding } from '#contract/address/finding-codes.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { findingText } from '#texts/address-finding-texts.ts'
import { byCount } from '#contract/words/plural.ts'

import classes from './address-findings.module.css'
import type { FleetRow } from './fleet.ts'

type AddressFindingsProps = {
  address: string
  /** The other webhooks, and the hosts they send to. */
  rows: readonly FleetRow[]
  /** Further findings of the form. */
  children?: ReactNode
}

/** The findings about a URL that need no call to it. They are warnings and never block saving. */
export function AddressFindings({ address, rows, children }: AddressFindingsProps) {
  const { exceptions, allowPrivateTargets } = useDesk()
  if (!parseAddress(address)) return null

  const findings = addressFindings(address, { exceptions, allowPrivateTargets })
  const host = hostOf(address)
  const stopped = rows.filter((row) => row.host === host && row.health === 'stopped').length
  return (
    <ul className={classes.findings} aria-label="About this URL">
      {findings
        .filter(({ level }) => level !== 'block')
        .map((finding) => (
          <Finding key={finding.code} level={finding.level}>
            {findingText(finding)}
          </Finding>
        ))}
      {children}
      {stopped > 0 && (
        <Finding level="warn">
          {byCount(
            stopped,
            '1 webhook to this host has stopped.',
            `${stopped} webhooks to this host have stopped.`,
          )}{' '}
          Check the URL first.
        </Finding>
      )}
    </ul>
  )
}

type FindingProps = { level: AddressFinding['level']; children: ReactNode }

export function Finding({ level, children }: FindingProps) {
  const Icon = level === 'inform' ? IconInfoCircle : IconAlertTriangle
  return (
    <li className={classes.finding} data-level={level}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <span>{children}</span>
    </li>
  )
}
