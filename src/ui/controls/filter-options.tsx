import { Checkbox, TextInput } from '@mantine/core'
import { useCallbackRef } from '@mantine/hooks'
import { memo, useId, useState } from 'react'

import { useLater } from '#ui/hooks/later.ts'
import { fold } from '#ui/text/fold.ts'

import { isComposing } from './composing.ts'
import classes from './filter-options.module.css'
import { meantBy } from './meant.ts'

export type FilterOption = { value: number; label: string; hint?: string | null; count: number }

export type FilterChoices = {
  label: string
  /** Called only while the menu is open. */
  options: () => FilterOption[]
  chosen: number[]
  /** Adds or removes a value by the press, whatever is drawn by then. */
  onToggle: (value: number) => void
  /** Chooses a value instead of all others. Offered beside each value, if it is given. */
  onOnly?: (value: number) => void
}

// a network has hundreds of locations; people search rather than read that far
const SHOWN_AT_MOST = 100
// more than is visible without scrolling; the others follow in a frame of their own
const SHOWN_AT_ONCE = 15

/** The values of a filter, and a field to find one among them. */
export function FilterOptions(props: FilterChoices & { isInSheet?: boolean }) {
  const { label, options, chosen, onToggle, onOnly, isInSheet = false } = props
  const [text, setText] = useState('')
  const isDrawn = useLater(true, false)
  const countId = useId()
  const needle = fold(text.trim())
  const found = options().filter(({ label: name, hint }) =>
    fold(`${name} ${hint ?? ''}`).includes(needle),
  )

  // the same at every render: each option holds it, and a press draws only its own option again
  const toggle = useCallbackRef(onToggle)
  const chooseOnly = useCallbackRef(onOnly)

  return (
    <div data-in-sheet={isInSheet || undefined} className={classes.box}>
      <TextInput
        aria-label={`Find a ${label.toLowerCase()}`}
        aria-describedby={countId}
        placeholder="Find"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          const option = event.key === 'Enter' && !isComposing(event) && meantBy(text, found)
          if (!option) return
          toggle(option.value)
          event.currentTarget.select()
        }}
        // on a phone it would bring the keyboard, which hides the options
        data-autofocus={!isInSheet || undefined}
      />
      <p className={classes.count} id={countId}>
        {countText(found.length, text.trim())}
      </p>
      <div className={classes.scroll}>
        <fieldset className={classes.options}>
          <legend className={classes.legend}>{label}</legend>
          {found.slice(0, isDrawn ? SHOWN_AT_MOST : SHOWN_AT_ONCE).map((option) => (
            <Option
              key={option.value}
              {...option}
              isChosen={chosen.includes(option.value)}
              onToggle={toggle}
              onOnly={onOnly && chooseOnly}
            />
          ))}
        </fieldset>
      </div>
    </div>
  )
}

function countText(count: number, text: string): string {
  if (count === 0 && text) return `Nothing matches “${text}”.`
  return count > SHOWN_AT_MOST
    ? `${count} found, the first ${SHOWN_AT_MOST} shown`
    : `${count} found`
}

type OptionProps = FilterOption & {
  isChosen: boolean
  onToggle: (value: number) => void
  onOnly: ((value: number) => void) | undefined
}

const Option = memo(function Option(props: OptionProps) {
  const { value, label, hint, count, isChosen, onToggle, onOnly } = props
  const box = (
    <Checkbox
      className={classes.option}
      label={
        <span className={classes.label}>
          <span className={classes.name}>
            <bdi>{label}</bdi>
            {hint && <small className={classes.hint}>{hint}</small>}
          </span>
          <span className={classes.number}>{count}</span>
        </span>
      }
      checked={isChosen}
      onChange={() => onToggle(value)}
    />
  )
  if (!onOnly) return box
  return (
    <div className={classes.row}>
      {box}
      <button
        type="button"
        className={classes.only}
        aria-label={`Only ${label}`}
        onClick={() => onOnly(value)}
      >
        Only
      </button>
    </div>
  )
})
