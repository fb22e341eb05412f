import { InputBase, type InputBaseProps } from '@mantine/core'
import type { TextareaHTMLAttributes } from 'react'

export type PlainTextareaProps = InputBaseProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, keyof InputBaseProps>

/** A text of several lines. Not Mantine's own: that one brings what makes it grow by itself. */
export const PlainTextarea = (props: PlainTextareaProps) => (
  <InputBase component="textarea" multiline {...props} />
)
