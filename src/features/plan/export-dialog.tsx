import { Alert, Button, Checkbox, Group, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { locationName } from '#contract/nexudus/location.ts'
import type { WebhookRow } from '#contract/nexudus/webhook.ts'
import { useMay } from '#features/session/use-desk.ts'
import { locationNameOf } from '#fleet/fleet.ts'
import { MissingRights } from '#fleet/missing-rights.tsx'
import { locationQueries, webhookQueries } from '#fleet/webhook-queries.ts'
import { Form } from '#ui/controls/form.tsx'
import { Dialog } from '#ui/feedback/dialog.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { currentTime } from '#ui/hooks/now.ts'
import { saveFile } from '#ui/hooks/save-file.ts'
import { byCount, plural } from '#contract/words/plural.ts'

import { MAX_PLAN_LENGTH, MAX_PLAN_ROWS, planWebhook } from './plan.ts'
import classes from './plan.module.css'
import { writePlan, type PlanFormat } from './plan-text.ts'
import { Reading } from './reading.tsx'
import { useDetails, type Details } from './use-details.ts'

type ExportDialogProps = { ids: readonly number[]; onClose: () => void }

/** This many are read in a moment; for more webhooks the person asks for the descriptions. */
const DESCRIBED_AT_FIRST = 200

/**
 * Saves webhooks as a plan file: from the list, or with each record read, since rows lack the
 * description.
 */
export function ExportDialog({ ids, onClose }: ExportDialogProps) {
  const { notify } = useNotices()
  const mayEdit = useMay('WebHook-Edit')
  const { data: locationList = [] } = useQuery(locationQueries.list())
  const details = useDetails()
  const [format, setFormat] = useState<PlanFormat>('csv')
  const [isWhole, setIsWhole] = useState(false)
  const [isDescribed, setIsDescribed] = useState(ids.length <= DESCRIBED_AT_FIRST)
  const { data: fleet } = useQuery(webhookQueries.fleet())
  const count = countOf(ids.length)

  async function read() {
    const listed = new Map(fleet?.webhooks.map((row) => [row.Id, withoutDescription(row)]))
    if (!isDescribed && ids.every((id) => listed.has(id))) return save(listed)
    const read = await details.start(ids)
    if (read && read.failed.size === 0) save(read.found)
  }

  function save(found: ReadonlyMap<number, WebhookRow>) {
    const locations = new Map(locationList.map((location) => [location.Id, location]))
    const now = new Date(currentTime())
    const share = isWhole ? 'whole' : mayEdit ? 'masked' : 'hidden'
    const webhooks = ids.flatMap((id) => found.get(id) ?? [])
    const text = writePlan(
      {
        exportedAt: now.toISOString(),
        locations: locationList.map((location) => ({
          id: location.Id,
          name: locationName(location),
        })),
        // in the order in which the person selected them
        webhooks: webhooks.map((webhook) =>
          planWebhook(webhook, locationNameOf(locations, webhook.BusinessId), share),
        ),
      },
      format,
    )
    const name = `webhooks-${now.toISOString().slice(0, 10)}.${format}`
    saveFile(new File([text], name, { type: TYPES[format] }))
    const isLarge = text.length > MAX_PLAN_LENGTH || webhooks.length > MAX_PLAN_ROWS
    notify({
      text: `Exported ${countOf(webhooks.length)}.${isLarge ? ' The file is too large for one import.' : ''}`,
    })
    onClose()
  }

  return (
    <Dialog title={`Export ${count}`} onClose={onClose} withCloseButton>
      <Form
        label="Export"
        onSubmit={() => {
          if (!details.progress) void read()
        }}
      >
        <Stack>
          <Radio.Group label="Format" value={format} onChange={setFormat}>
            <Stack gap="xs" mt="xs">
              <Radio value="csv" label="CSV, for a spreadsheet" data-autofocus />
              <Radio value="json" label="JSON, for a program" />
            </Stack>
          </Radio.Group>
          {mayEdit ? (
            <Checkbox
              label="Include secrets in URLs"
              description="User names, passwords and query values. Anyone with the file then has them. Without them, an import leaves URLs as they are. Paths and descriptions are in the file either way: check them for keys."
              checked={isWhole}
              onChange={(event) => setIsWhole(event.currentTarget.checked)}
            />
          ) : (
            <MissingRights
              lead="URLs are cut after the host."
              to="export whole URLs"
              rights={['WebHook-Edit']}
            />
          )}
          <Checkbox
            label="Include descriptions"
            description={`Nexudus gives them for one webhook at a time: ${plural(ids.length, 'call')}. Without them, an import leaves descriptions as they are.`}
            checked={isDescribed}
            onChange={(event) => setIsDescribed(event.currentTarget.checked)}
          />
          <Reading details={details} stopLabel="Stop" onStop={details.stop}>
            Reading webhooks:
          </Reading>
          {!details.progress && details.failed.size > 0 && (
            <Unread details={details} onSave={() => save(details.found)} />
          )}
          {!details.progress && (
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit">
                {details.failed.size > 0 ? 'Try again' : `Export ${count}`}
              </Button>
            </Group>
          )}
        </Stack>
      </Form>
    </Dialog>
  )
}

/** Drops the description of a row, which is not reliable in a list. */
function withoutDescription({ Description: _untold, ...row }: WebhookRow): WebhookRow {
  return row
}

const TYPES: Record<PlanFormat, string> = {
  csv: 'text/csv;charset=utf-8',
  json: 'application/json;charset=utf-8',
}

const countOf = (count: number) => plural(count, 'webhook')

const NAMED_AT_MOST = 10

/** Names the webhooks whose description would be missing in the file. */
function Unread({ details, onSave }: { details: Details; onSave: () => void }) {
  const { data: fleet } = useQuery(webhookQueries.fleet())
  const names = new Map(fleet?.webhooks.map(({ Id, Name }) => [Id, Name]))
  const { failed, found } = details
  return (
    <Alert
      role="alert"
      color="orange"
      variant="light"
      title={`Hookdesk could not read ${countOf(failed.size)}`}
    >
      <ul className={classes.unread}>
        {[...failed].slice(0, NAMED_AT_MOST).map(([id, why]) => (
          <li key={id}>
            <bdi>{names.get(id) || `Webhook ${id}`}</bdi>: {why}
          </li>
        ))}
        {failed.size > NAMED_AT_MOST && <li>and {failed.size - NAMED_AT_MOST} more</li>}
      </ul>
      {found.size > 0 && (
        <Button size="compact-sm" variant="default" onClick={onSave}>
          Save without {byCount(failed.size, 'it', 'them')}
        </Button>
      )}
    </Alert>
  )
}
