import type { ReactNode } from 'react'

import { actionLabel } from '#contract/actions/actions.ts'
import { hidePath } from '#contract/address/address.ts'
import { FIELD_LABELS, type Webhook } from '#contract/nexudus/webhook.ts'
import { ActionSample, whenItFires } from '#features/webhooks/form/action-notes.tsx'
import { UrlNotes } from '#features/webhooks/form/url-notes.tsx'
import { locationNameOf } from '#fleet/fleet.ts'
import { MissingRights } from '#fleet/missing-rights.tsx'
import { useFleet } from '#fleet/use-fleet.ts'
import { EVENTS_WHILE_OFF } from '#texts/pause-words.ts'

import classes from './view-webhook.module.css'

/** The settings of a webhook to read, for people who may not change them. */
export function ViewWebhook({ webhook }: { webhook: Webhook }) {
  const { rows, locations } = useFleet()
  const { Id, BusinessId, Action, URL, Name, Description } = webhook
  // the list is read again and again, also while this is open
  const { Active } = rows.find((row) => row.webhook.Id === Id)?.webhook ?? webhook

  return (
    <div className={classes.box}>
      <MissingRights rights={['WebHook-Edit']} lead="View only." />
      <dl className={classes.fields}>
        <Field label={FIELD_LABELS.BusinessId}>
          <bdi>{locationNameOf(locations, BusinessId)}</bdi>
        </Field>
        <Field label={FIELD_LABELS.Action}>
          {actionLabel(Action)}
          <span className={classes.note}>{whenItFires(Action)}</span>
          <ActionSample action={Action} />
        </Field>
        <Field label={FIELD_LABELS.URL}>
          {URL ? (
            // a person who may not edit it does not need to see the keys in it
            <code dir="ltr">{hidePath(URL)}</code>
          ) : (
            <None />
          )}
          <UrlNotes values={{ BusinessId, Action, URL }} id={Id} storedUrl={URL} />
        </Field>
        <Field label={FIELD_LABELS.Name}>{Name ? <bdi>{Name}</bdi> : <None />}</Field>
        <Field label={FIELD_LABELS.Description}>
          {Description ? (
            <div dir="auto" className={classes.long}>
              {Description}
            </div>
          ) : (
            <None />
          )}
        </Field>
        <Field label={FIELD_LABELS.Active}>
          {activeText(Active)}
          {Active === false && <span className={classes.note}>{EVENTS_WHILE_OFF}</span>}
        </Field>
      </dl>
    </div>
  )
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.field}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const None = () => <span className={classes.none}>None</span>

function activeText(active: boolean | null): string {
  if (active === null) return 'Hookdesk cannot read whether this webhook is on.'
  return active ? 'On' : 'Off: nothing is sent.'
}
