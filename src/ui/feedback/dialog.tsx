import { CloseButton, Modal } from '@mantine/core'
import type { ReactNode } from 'react'

import { useFocusGivenBack } from '#ui/hooks/focus.ts'

import classes from './dialog.module.css'

type DialogProps = {
  title: string
  children: ReactNode
  /** Without it the person has to answer: neither Escape nor a press outside closes the dialog. */
  onClose?: () => void
  withCloseButton?: boolean
  /** Above another dialog. */
  isOnTop?: boolean
}

/** A dialog over the page. Its title is no `<header>`, because the page has its own. */
export function Dialog({ title, children, onClose, withCloseButton, isOnTop }: DialogProps) {
  useFocusGivenBack()
  return (
    <Modal
      opened
      onClose={onClose ?? (() => {})}
      closeOnEscape={onClose !== undefined}
      closeOnClickOutside={onClose !== undefined}
      withCloseButton={false}
      centered
      transitionProps={{ duration: 0 }}
      zIndex={isOnTop ? 300 : 200}
    >
      <div className={classes.head}>
        <Modal.Title className={classes.title}>{title}</Modal.Title>
        {withCloseButton && <CloseButton aria-label="Close" onClick={onClose} />}
      </div>
      {children}
    </Modal>
  )
}
