import { InputBase, TextInput, type InputBaseProps, type TextInputProps } from '@mantine/core'
import type { TextareaHTMLAttributes } from 'react'
import {
  useController,
  type Control,
  type FieldPathByValue,
  type FieldValues,
} from 'react-hook-form'

type Bound<Values extends FieldValues, Props> = Omit<
  Props,
  'name' | 'value' | 'error' | 'onChange' | 'onBlur'
> & {
  control: Control<Values>
  name: FieldPathByValue<Values, string>
  label: string
}

export function TextField<Values extends FieldValues>({
  control,
  name,
  ...inputProps
}: Bound<Values, TextInputProps>) {
  const { field, fieldState } = useController({ control, name })
  return <TextInput {...inputProps} {...field} error={fieldState.error?.message} />
}

type TextareaProps = InputBaseProps &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, keyof InputBaseProps>

/** A text of several lines. Not Mantine's own: that one brings what makes it grow by itself. */
export function TextareaField<Values extends FieldValues>({
  control,
  name,
  ...inputProps
}: Bound<Values, TextareaProps>) {
  const { field, fieldState } = useController({ control, name })
  return (
    <InputBase
      component="textarea"
      multiline
      {...inputProps}
      {...field}
      error={fieldState.error?.message}
    />
  )
}
