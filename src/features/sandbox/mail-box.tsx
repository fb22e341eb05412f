import { NativeSelect, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'

import { MAIL_ANSWERS, type Mail } from '#contract/desk/sandbox.ts'
import { paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'
import { ScrollBox } from '#ui/page/scroll-box.tsx'

import { EmptyButton, Headers } from './arrival-parts.tsx'
import { changeSettings, emptyMailBox } from './sandbox-api.ts'
import classes from './sandbox-page.module.css'
import { sandboxQueries } from './sandbox-queries.ts'

const ANSWER_LABELS: { readonly [Answer in (typeof MAIL_ANSWERS)[number]]: string } = {
  kept: 'keeps each mail',
  refused: 'refuses each mail (550)',
  later: 'says “try again later” (451)',
  hangs: 'takes the mail and never answers',
  breaks: 'takes the mail and breaks off',
}

const OPTIONS = MAIL_ANSWERS.map((value) => ({ value, label: ANSWER_LABELS[value] }))

/** Mail that the desk sent to the sandbox's own SMTP server. */
export function MailBox() {
  const queryClient = useQueryClient()
  const { data: mails, isError } = useQuery(sandboxQueries.mails())
  const { data: settings } = useQuery(sandboxQueries.settings())
  const empty = useMutation({
    mutationFn: emptyMailBox,
    onSuccess: () => queryClient.setQueryData(sandboxQueries.mails().queryKey, []),
  })
  const tell = useMutation({
    mutationFn: changeSettings,
    onSuccess: (now) => queryClient.setQueryData(sandboxQueries.settings().queryKey, now),
  })

  return (
    <Card
      title="Mail box"
      aside={
        mails &&
        mails.length > 0 && <EmptyButton isBusy={empty.isPending} onEmpty={() => empty.mutate()} />
      }
    >
      <Text size="sm" c="dimmed">
        A real mail server, for every address. Nothing leaves this machine.
      </Text>
      {settings && (
        <NativeSelect
          size="xs"
          label="The mail server"
          data={OPTIONS}
          value={settings.mail}
          onChange={({ currentTarget: { value } }) => {
            const mail = MAIL_ANSWERS.find((answer) => answer === value)
            if (mail) tell.mutate({ mail })
          }}
        />
      )}
      {isError && <Text size="sm">Hookdesk could not read the mail box. It keeps trying.</Text>}
      {mails?.length === 0 && (
        <EmptyState
          picture="inbox"
          isInCard
          title="No mail yet"
          text="Break a receiver, switch on short retries and trigger its action."
        >
          <Link {...paths.notifications()} className={classes.link}>
            Choose what you are told
          </Link>
        </EmptyState>
      )}
      <ul className={classes.items} aria-label="Mail, newest first">
        {mails?.map((mail) => (
          <Arrived key={mail.id} mail={mail} />
        ))}
      </ul>
    </Card>
  )
}

const Arrived = memo(
  function Arrived({ mail }: { mail: Mail }) {
    const { subject, to, at } = mail
    return (
      <li className={classes.item}>
        <div className={classes.itemHead}>
          <strong>
            <bdi>{subject}</bdi>
          </strong>
          <TimeAgo at={Date.parse(at)} />
        </div>
        <Text size="sm" c="dimmed">
          To {to.join(', ')}
        </Text>
        <Disclosure summary="Text, HTML and headers">{() => <Parts mail={mail} />}</Disclosure>
      </li>
    )
  },
  (before, after) => before.mail.id === after.mail.id,
)

function Parts({ mail: { text, html, headers } }: { mail: Mail }) {
  return (
    <>
      <ScrollBox label="Text part" className={classes.code}>
        {text}
      </ScrollBox>
      <ScrollBox label="HTML part, as source" className={classes.code}>
        {html}
      </ScrollBox>
      <Headers headers={headers} />
    </>
  )
}
