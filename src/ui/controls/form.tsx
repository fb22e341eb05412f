import { InputBase, type InputBaseProps } from '@mantine/core'
import type { KeyboardEvent, ReactNode, TextareaHTMLAttributes } from 'react'

type FormProps = {
  label?: string
  className?: string | undefined
  onSubmit: () => void
  /**
   * For forms with text of several lines, where Enter alone starts a new line: Ctrl and Enter
   * submit.
   */
  hasSubmitKey?: boolean
  children: ReactNode
}

/** A form that reports its own errors, and never reloads the page. */
export function Form({ label, className, onSubmit, hasSubmitKey, children }: FormProps) {
  function press(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    onSubmit()
  }
  return (
    // the key belongs to the whole form, wherever the focus is in it
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      noValidate
      aria-label={label}
      className={className}
      onKeyDown={hasSubmitKey ? press : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}

export type PlainTextareaProps = InputBaseProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, keyof InputBaseProps>

/**
 * A text field of several lines. Mantine's own is not used, because it brings code to grow by
 * itself.
 */
export const PlainTextarea = (props: PlainTextareaProps) => (
  <InputBase component="textarea" multiline {...props} />
)
