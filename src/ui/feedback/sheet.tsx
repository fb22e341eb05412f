import { CloseButton, Modal } from '@mantine/core'
import type { ReactNode } from 'react'

import { useBackCloses, useSeenPart } from '#ui/hooks/phone.ts'

import classes from './sheet.module.css'

type SheetProps = {
  title: string
  children: ReactNode
  /** The acts below it, within the thumb's reach. */
  foot: ReactNode
  /** Closes it, and gives the focus back to its button. */
  onClose: () => void
}

/** A dialog that rises from the bottom of a phone's screen. */
export function Sheet({ title, children, foot, onClose }: SheetProps) {
  useBackCloses(true, onClose)
  useSeenPart(true)
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
      classNames={{ inner: classes.inner, content: classes.content, body: classes.body }}
    >
      <div className={classes.head}>
        <Modal.Title className={classes.title}>{title}</Modal.Title>
        <CloseButton className={classes.close} aria-label="Close" onClick={onClose} />
      </div>
      <div className={classes.scroll}>{children}</div>
      <div className={classes.foot}>{foot}</div>
    </Modal>
  )
}
