import { TextInput, type TextInputProps } from '@mantine/core'
import {
  useController,
  type Control,
  type FieldPathByValue,
  type FieldValues,
} from 'react-hook-form'

import { PlainTextarea, type PlainTextareaProps } from '#ui/controls/form.tsx'

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

export function TextareaField<Values extends FieldValues>({
  control,
  name,
  ...inputProps
}: Bound<Values, PlainTextareaProps>) {
  const { field, fieldState } = useController({ control, name })
  return <PlainTextarea {...inputProps} {...field} error={fieldState.error?.message} />
}
