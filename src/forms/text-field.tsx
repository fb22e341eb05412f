import { Textarea, TextInput, type TextareaProps, type TextInputProps } from '@mantine/core'
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

export function TextareaField<Values extends FieldValues>({
  control,
  name,
  ...inputProps
}: Bound<Values, TextareaProps>) {
  const { field, fieldState } = useController({ control, name })
  return <Textarea {...inputProps} {...field} error={fieldState.error?.message} />
}
