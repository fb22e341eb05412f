import { CloseButton, TextInput, type TextInputProps } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { Ref } from 'react'

import { isComposing } from './composing.ts'

type SearchInputProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  ref?: Ref<HTMLInputElement>
  value: string
  onChange: (text: string) => void
}

/** A search field; its button and Escape clear it. */
export function SearchInput({ value, onChange, ...props }: SearchInputProps) {
  return (
    <TextInput
      {...props}
      type="search"
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={
        value && (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => onChange('')} />
        )
      }
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && !isComposing(event) && onChange('')}
    />
  )
}
