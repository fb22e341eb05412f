import { Button } from '@mantine/core'

import { hidePath, maskAddress } from '#contract/address/address.ts'
import { useMay } from '#features/session/use-desk.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { byCount } from '#contract/words/plural.ts'

import { AddressField } from './address-field.tsx'
import classes from './fan-out.module.css'
import type { Source } from './plan.ts'

type CopiedAddressProps = {
  sources: readonly Source[]
  rows: readonly FleetRow[]
  /** `null`: each copy keeps its own. */
  value: string | null
  problem: string | undefined
  isTried: boolean
  onChange: (address: string | null) => void
}

const SHOWN_AT_MOST = 5

/** The URLs of copies: those of their originals, unless the person gives one URL for all. */
export function CopiedAddress({ sources, value, onChange, ...field }: CopiedAddressProps) {
  const mask = useMay('WebHook-Edit') ? maskAddress : hidePath
  if (value !== null) {
    return (
      <div>
        <AddressField {...field} value={value} onChange={onChange} />
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => onChange(null)}>
          Keep {byCount(sources.length, 'its URL', 'their URLs')}
        </Button>
      </div>
    )
  }
  // URLs that differ only in masked parts would look like the same line twice
  const shown = [...new Set(sources.map(({ input }) => mask(input.URL)))]
  return (
    <div className={classes.kept}>
      <span className={classes.keptLabel}>
        {byCount(sources.length, 'Sends to the same URL', 'Each sends to its own URL')}
      </span>
      <ul className={classes.addresses}>
        {shown.slice(0, SHOWN_AT_MOST).map((address) => (
          <li key={address}>
            <code>{address}</code>
          </li>
        ))}
        {shown.length > SHOWN_AT_MOST && <li>and {shown.length - SHOWN_AT_MOST} more</li>}
      </ul>
      <Button size="compact-sm" variant="default" onClick={() => onChange('')}>
        Use another URL…
      </Button>
    </div>
  )
}
