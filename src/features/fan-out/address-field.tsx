import { useState } from 'react'

import { trimAddress } from '#contract/address/address-text.ts'
import { AddressFindings } from '#fleet/address-findings.tsx'
import type { FleetRow } from '#fleet/fleet.ts'
import { UrlInput } from '#ui/controls/url-input.tsx'
import { afterPress } from '#ui/hooks/press.ts'

type AddressFieldProps = {
  value: string
  rows: readonly FleetRow[]
  problem: string | undefined
  /** True once the person has tried to go on: then a missing URL is an error, too. */
  isTried: boolean
  onChange: (address: string) => void
}

/**
 * The URL of all new webhooks. It is kept byte for byte, except for invisible characters around it.
 */
export function AddressField({ value, rows, problem, isTried, onChange }: AddressFieldProps) {
  const [isLeft, setIsLeft] = useState(value !== '')
  return (
    <div>
      <UrlInput
        id="fan-URL"
        description="The URL that receives the data of all of them."
        required
        error={isTried || (isLeft && value) ? problem : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={() => {
          afterPress(() => setIsLeft(true))
          if (value !== trimAddress(value)) onChange(trimAddress(value))
        }}
      />
      <AddressFindings address={value} rows={rows} />
    </div>
  )
}
