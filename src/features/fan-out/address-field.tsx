import { TextInput } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'

import { addressFindings } from '#contract/address-findings.ts'
import { hostOf, parseAddress } from '#contract/address.ts'
import { useDesk } from '#features/session/use-desk.ts'
import type { FleetRow } from '#fleet/fleet.ts'

import classes from './fan-out.module.css'

type AddressFieldProps = {
  value: string
  rows: readonly FleetRow[]
  problem: string | undefined
  /** Somebody wants to go on: what is missing is said, too. */
  isTried: boolean
  onChange: (address: string) => void
}

/** Where all of them send to. What is typed is kept byte for byte, but for spaces around it. */
export function AddressField({ value, rows, problem, isTried, onChange }: AddressFieldProps) {
  const [isLeft, setIsLeft] = useState(value !== '')
  return (
    <div>
      <TextInput
        id="fan-URL"
        label="URL"
        description="The address that will receive the data of all of them."
        placeholder="https://"
        type="url"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        dir="ltr"
        required
        error={isTried || (isLeft && value) ? problem : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={() => {
          setIsLeft(true)
          if (value !== value.trim()) onChange(value.trim())
        }}
      />
      <Findings address={value.trim()} rows={rows} />
    </div>
  )
}

/** What can be said of the address without calling it. Never in the way. */
function Findings({ address, rows }: { address: string; rows: readonly FleetRow[] }) {
  const { exceptions, allowPrivateTargets } = useDesk()
  if (!parseAddress(address)) return null
  const findings = addressFindings(address, { exceptions, allowPrivateTargets }).filter(
    ({ level }) => level !== 'block',
  )
  const host = hostOf(address)
  const stopped = rows.filter((row) => row.host === host && row.health === 'stopped').length
  if (stopped > 0) {
    const are = stopped === 1 ? '1 webhook to this host is' : `${stopped} webhooks to this host are`
    findings.push({ level: 'warn', text: `${are} stopped. Check the address first.` })
  }
  return (
    <ul className={classes.findings} aria-label="About this address">
      {findings.map(({ level, text }) => {
        const Icon = level === 'inform' ? IconInfoCircle : IconAlertTriangle
        return (
          <li key={text} className={classes.finding} data-level={level}>
            <Icon size={16} aria-hidden className={classes.icon} />
            {text}
          </li>
        )
      })}
    </ul>
  )
}
