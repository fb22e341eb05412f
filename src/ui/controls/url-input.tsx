import { TextInput, type TextInputProps } from '@mantine/core'
import type { Ref } from 'react'

type UrlInputProps = TextInputProps & { ref?: Ref<HTMLInputElement> }

/** An address is typed to the letter: nothing is filled in, made large, corrected or turned round. */
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
