import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

import { ApiError } from '#api/failure.ts'
import { LONGEST_VIEW_NAME, type SavedView, type Views } from '#contract/desk/views.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { addView, changeView, removeView, viewQueries } from '#fleet/saved-views.ts'
import { Form } from '#ui/controls/form.tsx'
import { Ask } from '#ui/feedback/ask.tsx'
import { Dialog } from '#ui/feedback/dialog.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { focusSoon } from '#ui/hooks/focus.ts'

import { tabId } from './tab-id.ts'

const { queryKey } = viewQueries.list()

type SaveDialogProps = {
  search: string
  isAdministrator: boolean
  onSaved: (id: string) => void
  onClose: () => void
}

/** Saves filters and an order under a name. */
export function SaveDialog({ search, isAdministrator, onSaved, onClose }: SaveDialogProps) {
  const [name, setName] = useState('')
  const [isShared, setIsShared] = useState(false)
  const queryClient = useQueryClient()
  const { notify } = useNotices()
  const saving = useMutation({
    mutationFn: () => addView({ name, search, isShared }),
    onSuccess({ id, views }) {
      queryClient.setQueryData(queryKey, { views })
      onSaved(id)
      onClose()
      notify({ text: `Saved the view “${name.trim()}”.` })
    },
    onError: () => void queryClient.invalidateQueries({ queryKey }),
  })
  return (
    <NameDialog
      title="Save view"
      name={name}
      setName={setName}
      error={saving.error}
      isBusy={saving.isPending}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      {isAdministrator && (
        <Checkbox
          label="Show it to everybody in this network"
          description="They see its name, its filters and the text in the search field. Each of them sees only webhooks at their own locations."
          checked={isShared}
          onChange={(event) => setIsShared(event.currentTarget.checked)}
        />
      )}
    </NameDialog>
  )
}

type ViewDialogProps = { view: SavedView; onClose: () => void }

export function RenameDialog({ view, onClose }: ViewDialogProps) {
  const [name, setName] = useState(view.name)
  const queryClient = useQueryClient()
  const { notify } = useNotices()
  const renaming = useMutation({
    mutationFn: () => changeView(view.id, { name }),
    onSuccess(now: Views) {
      queryClient.setQueryData(queryKey, now)
      onClose()
      notify({ text: `Renamed to “${name.trim()}”.` })
    },
  })
  return (
    <NameDialog
      title={`Rename “${view.name}”`}
      name={name}
      setName={setName}
      error={renaming.error}
      isBusy={renaming.isPending}
      onSubmit={() => renaming.mutate()}
      onClose={onClose}
    />
  )
}

export function DeleteDialog({ view, onClose }: ViewDialogProps) {
  const queryClient = useQueryClient()
  const { notify } = useNotices()
  const removing = useMutation({
    mutationFn: () => removeView(view.id),
    onSuccess(now: Views) {
      queryClient.setQueryData(queryKey, now)
      onClose()
      notify({ text: `Deleted the view “${view.name}”.` })
      const left = `[role=dialog], [data-view="${view.id}"]`
      focusSoon(() => document.getElementById(tabId('all')), left)
    },
  })
  return (
    <Ask
      title={`Delete the view “${view.name}”?`}
      confirmLabel="Delete view"
      isDangerous
      isBusy={removing.isPending}
      error={removing.error && explainFailure(removing.error)}
      onConfirm={() => removing.mutate()}
      onCancel={onClose}
    >
      {view.isShared
        ? `It goes away for everybody in this network${view.isOwn ? '' : `, also for ${view.by}, who made it`}. No webhook changes.`
        : 'Only its name and its filters go away. No webhook changes.'}
    </Ask>
  )
}

type NameDialogProps = {
  title: string
  name: string
  setName: (name: string) => void
  error: Error | null
  isBusy: boolean
  onSubmit: () => void
  onClose: () => void
  children?: ReactNode
}

function NameDialog(props: NameDialogProps) {
  const { title, name, setName, error, isBusy, onSubmit, onClose, children } = props
  const [isAsked, setIsAsked] = useState(false)
  const isMissing = isAsked && name.trim() === ''
  const { atName, elsewhere } = placesOf(error)
  function submit() {
    setIsAsked(true)
    if (name.trim() !== '' && !isBusy) onSubmit()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Name"
            required
            data-autofocus
            autoComplete="off"
            dir="auto"
            maxLength={LONGEST_VIEW_NAME}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isMissing ? 'Give the view a name.' : atName}
          />
          {children}
          {elsewhere !== undefined && (
            <Alert color="red" variant="light" role="alert">
              {elsewhere}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy}>
              Save
            </Button>
          </Group>
        </Stack>
      </Form>
    </Dialog>
  )
}

/** Puts a refusal at the field it is about. */
function placesOf(error: Error | null): { atName?: string; elsewhere?: string } {
  if (!error) return {}
  const { reason, Errors } = error instanceof ApiError ? error.failure : {}
  const field = reason === 'invalid_values' ? Errors?.[0]?.PropertyName : undefined
  if (field === 'search') {
    return { elsewhere: 'These are too many filters for one view. Choose fewer, then save again.' }
  }
  if (field === 'name') return { atName: 'This name has characters that cannot be saved.' }
  const isOfName = reason === 'view_name_taken' || reason === 'too_many_views'
  return { [isOfName ? 'atName' : 'elsewhere']: explainFailure(error) }
}
