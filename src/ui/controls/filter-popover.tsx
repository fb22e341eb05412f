import { Button, Popover } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'

import { Sheet } from '#ui/feedback/sheet.tsx'
import type { OpenAt } from '#ui/hooks/open-at.ts'
import { PHONE } from '#ui/hooks/phone.ts'

import classes from './filter-options.module.css'
import { FilterOptions, type FilterChoices } from './filter-options.tsx'

/** The values of an open filter: at its button, or in a sheet on a phone. */
export function FilterPopover({ button, onClose, ...choices }: FilterChoices & OpenAt) {
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false })

  function close() {
    onClose()
    // a press outside takes the focus on from here
    button.focus({ preventScroll: true })
  }

  if (isPhone) {
    return (
      <Sheet title={choices.label} onClose={close} foot={<Button onClick={close}>Done</Button>}>
        <FilterOptions {...choices} isInSheet />
      </Sheet>
    )
  }
  return (
    // its parent is as large as the button, and it is placed at that
    <Popover
      opened
      // not `onClose`, which only tells that a popover has closed
      onDismiss={close}
      position="bottom-start"
      // fits a screen of 320 px, with its margin
      width={290}
      withinPortal={false}
      // in a low window its lower boxes need scrolling, which may move its button out of view
      hideDetached={false}
      shadow="md"
      trapFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <span aria-hidden className={classes.target} />
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={choices.label} aria-labelledby={undefined}>
        <FilterOptions {...choices} />
      </Popover.Dropdown>
    </Popover>
  )
}
