import { TextInput, type TextInputProps } from '@mantine/core'
import type { Ref } from 'react'

type UrlInputProps = TextInputProps & { ref?: Ref<HTMLInputElement> }

/** A field for a URL that no browser feature fills in, capitalises, corrects or reverses. */
export function UrlInput(props: UrlInputProps) {
  return (
    <TextInput
      label="URL"
      placeholder="https://"
      type="url"
      inputMode="url"
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      dir="ltr"
      {...props}
    />
  )
}
