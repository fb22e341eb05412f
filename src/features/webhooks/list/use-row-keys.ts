import { useKey } from '#ui/hooks/keys.ts'

/** Single keys for the rows of the table: j and k move to the next and previous row, e opens, x ticks. */
export function useRowKeys(toggle: (id: number) => void) {
  useKey('j', () => go('nextElementSibling'))
  useKey('k', () => go('previousElementSibling'))
  useKey('e', () => rowInFocus()?.querySelector('a')?.click())
  useKey('x', () => {
    const id = Number(rowInFocus()?.dataset.id)
    if (id) toggle(id)
  })
}

const rowInFocus = () => document.activeElement?.closest<HTMLElement>('tr[data-id]')

function go(way: 'nextElementSibling' | 'previousElementSibling') {
  const from = rowInFocus()
  const to = from ? from[way] : document.querySelector('tr[data-id]')
  to?.querySelector('a')?.focus()
}
