import { Button, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { parse, stringify } from 'lossless-json'
import { memo } from 'react'

import { maskedPath } from '#contract/address/address.ts'
import type { Received } from '#contract/desk/sandbox.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import { paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { Mark, type MarkLook } from '#ui/feedback/mark.tsx'
import { useCopy } from '#ui/feedback/copy.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'
import { ScrollBox } from '#ui/page/scroll-box.tsx'

import { EmptyButton, Headers } from './arrival-parts.tsx'
import { ChatPreview } from './chat-preview.tsx'
import { curlOf } from './curl.ts'
import { emptyInbox } from './sandbox-api.ts'
import classes from './sandbox-page.module.css'
import { sandboxQueries } from './sandbox-queries.ts'

const SIGNATURES: Record<Received['signature'], { text: string; look: MarkLook }> = {
  valid: { text: 'Signature valid', look: 'good' },
  ascii: { text: 'Signature valid in the “?” form', look: 'trouble' },
  missing: { text: 'Not signed', look: 'waiting' },
  wrong: { text: 'Signature wrong', look: 'bad' },
}

/** Lists what the built-in receivers got, as it arrives. */
export function Inbox() {
  const queryClient = useQueryClient()
  const { sandbox } = useDesk()
  const mayCreate = useMay('WebHook-Create')
  const { queryKey } = sandboxQueries.received()
  const { data: received, isError } = useQuery(sandboxQueries.received())
  const empty = useMutation({
    mutationFn: emptyInbox,
    onSuccess: () => queryClient.setQueryData(queryKey, []),
  })

  return (
    <Card
      title="What arrived"
      aside={
        received &&
        received.length > 0 && (
          <EmptyButton isBusy={empty.isPending} onEmpty={() => empty.mutate()} />
        )
      }
    >
      {isError && <Text size="sm">Hookdesk could not read the inbox. It keeps trying.</Text>}
      {received?.length === 0 && (
        <EmptyState
          picture="inbox"
          isInCard
          title="Nothing arrived yet"
          text={`Webhooks with a URL below ${sandbox?.url}/receiver/ deliver here.`}
        >
          {mayCreate && (
            <Link
              {...paths.newWebhook()}
              search={{ url: `${sandbox?.url}/receiver/mine` }}
              className={classes.link}
            >
              Create a webhook to it
            </Link>
          )}
          <a href="#trigger" className={classes.link}>
            Trigger an event
          </a>
        </EmptyState>
      )}
      <ul className={classes.items} aria-label="Arrivals, newest first">
        {received?.map((arrival) => (
          <Arrival key={arrival.id} arrival={arrival} />
        ))}
      </ul>
    </Card>
  )
}

type ArrivalProps = { arrival: Received }

// an arrival never changes, and a hundred of them are read again every second
const Arrival = memo(
  function Arrival({ arrival }: ArrivalProps) {
    const { receiver, method, at, body, answer, signature, target } = arrival
    const { text, look } = SIGNATURES[signature]
    return (
      <li className={classes.item}>
        <div className={classes.itemHead}>
          <Mark look={look}>{text}</Mark>
          <strong>{receiver}</strong>
          <TimeAgo at={Date.parse(at)} />
        </div>
        <Text size="sm" c="dimmed">
          {method} {maskedPath(new URL(target, 'http://receiver'))},{' '}
          {new TextEncoder().encode(body).length} bytes, told to answer {answer}
        </Text>
        <ChatPreview body={body} />
        <Disclosure summary="Body and headers">{() => <Contents arrival={arrival} />}</Disclosure>
      </li>
    )
  },
  (before, after) => before.arrival.id === after.arrival.id,
)

function Contents({ arrival }: ArrivalProps) {
  const copy = useCopy()
  const { sandbox } = useDesk()
  const { body, headers } = arrival

  return (
    <>
      <ScrollBox label="Body" className={classes.code}>
        {prettyPrinted(body)}
      </ScrollBox>
      <Headers headers={headers} />
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => void copy(curlOf(arrival, sandbox?.url ?? ''), 'Copied as a curl command.')}
      >
        Copy as curl
      </Button>
    </>
  )
}

/** For reading only: the signature covers the bytes, not this. */
function prettyPrinted(body: string): string {
  try {
    return stringify(parse(body), null, 2) ?? body
  } catch {
    return body || '(empty)'
  }
}
