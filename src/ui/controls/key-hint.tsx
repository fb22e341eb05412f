import { Kbd } from '@mantine/core'

import { areKeysOff } from '#ui/hooks/keys.ts'

/** The key of an act, beside it in a menu; nothing for those who switched such keys off. */
export const KeyHint = ({ value }: { value: string }) =>
  areKeysOff() ? null : (
    <Kbd size="xs" aria-hidden>
      {value}
    </Kbd>
  )
