import { Button, Group, Text } from '@mantine/core'
import { Suspense, useState } from 'react'

import { lazyPart } from '#ui/feedback/load-part.ts'

import classes from './address-check.module.css'
import type { AddressCheckProps } from './address-check.tsx'

const AddressCheck = lazyPart(() => import('./address-check.tsx'), 'AddressCheck')

type Props = Omit<AddressCheckProps, 'wanted'>

/**
 * Buttons to check a URL or send a sample to it. The rest is loaded at a press: most people fill in
 * the form without it.
 */
export function CheckStart(props: Props) {
  const { storedId, sample, mayCheckTyped } = props
  const [wanted, setWanted] = useState<{ act: 'check' | 'sample'; times: number } | null>(null)
  const isTyped = storedId === undefined
  if (isTyped && !mayCheckTyped) return null

  // a sample, and the consent to it, belong to one action and one location
  const question = wanted?.act === 'sample' ? `${sample?.action} ${sample?.businessId}` : ''

  const want = (act: 'check' | 'sample') =>
    setWanted((before) => ({ act, times: (before?.times ?? 0) + 1 }))

  return (
    <section aria-label="Check of the URL" className={classes.check}>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => want('check')}>
          Check this URL
        </Button>
        {sample && mayCheckTyped && (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={wanted?.act === 'sample'}
            onClick={() => want('sample')}
          >
            Send a sample …
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        Checks {isTyped ? 'the URL you typed, not the saved one' : 'the saved URL'}, with a request
        that starts nothing.
      </Text>
      {wanted && (
        <Suspense fallback={<Text size="sm">Checking …</Text>}>
          <AddressCheck key={`${wanted.times} ${question}`} {...props} wanted={wanted.act} />
        </Suspense>
      )}
    </section>
  )
}
