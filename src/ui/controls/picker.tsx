import { CloseButton, TextInput, type TextInputProps } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'

import classes from './picker.module.css'
import { usePicker } from './use-picker.ts'

export type PickerOption = {
  value: string
  /** The text of the field once it is chosen. */
  label: string
  /** A sentence below it. */
  note?: string | undefined
  /** The technical name of the option. */
  code?: string | undefined
  /** The reason it was found, if the label does not show it. */
  because?: string | undefined
}

export type PickerGroup = { label: string | null; options: PickerOption[] }

export type PickerProps = {
  label: string
  value: string | null
  /** The text of the field for `value`, also if it is not among the options. */
  chosen: string
  /** The options for the typed text, best first. An empty query asks for all. */
  search: (query: string) => PickerGroup[]
  nothingFound: (query: string) => ReactNode
  /** True while the options are being read: the typed text waits for them. */
  reading?: boolean
  /** The noun for "12 actions". */
  noun: { one: string; many: string }
  onChange: (value: string) => void
} & Pick<
  TextInputProps,
  'description' | 'error' | 'required' | 'placeholder' | 'ref' | 'onBlur' | 'id'
>

/**
 * A searchable, grouped choice of one. Focus stays in the text field, as the combobox pattern
 * requires. Once the person leaves the field, it shows only a chosen text.
 */
export function Picker(props: PickerProps) {
  const { value: _value, chosen: _chosen, search: _search, onChange: _onChange, ...rest } = props
  const { noun: _noun, reading: _reading, nothingFound, ref, description, ...inputProps } = rest
  const picker = usePicker(props)
  const { isOpen, groups, active, listId, optionId, unclear } = picker
  const field = useMergedRef(picker.input, ref)
  const options = groups.flatMap((group) => group.options)
  let index = 0

  return (
    <>
      <div className={classes.picker} data-open={isOpen || undefined}>
        <TextInput
          {...inputProps}
          ref={field}
          description={unclear === null ? description : <Unclear words={unclear} />}
          role="combobox"
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          autoComplete="off"
          value={picker.shown}
          spellCheck={false}
          rightSection={<IconChevronDown size={16} aria-hidden />}
          rightSectionPointerEvents="none"
          aria-autocomplete="list"
          aria-activedescendant={isOpen && options[active] ? optionId(active) : undefined}
          {...picker.acts}
        />
        {isOpen && (
          <>
            {/* a phone has no Escape; the focus stays in the field, so no key needs this button */}
            <CloseButton
              className={classes.close}
              aria-label="Close the list"
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={picker.close}
            />
            <div
              ref={picker.dropdown}
              role="presentation"
              className={classes.dropdown}
              // keeps focus in the text field, also for a press beside an option
              onMouseDown={(event) => event.preventDefault()}
            >
              <div
                ref={picker.list}
                role="listbox"
                id={listId}
                aria-label={props.label}
                // a scrolling box would be one more tab stop, and disappear under the focus
                tabIndex={-1}
                className={classes.options}
              >
                {groups.map((group) => {
                  const items = group.options.map((option) => {
                    const at = index++
                    return (
                      <Option
                        key={option.value}
                        id={optionId(at)}
                        option={option}
                        isActive={at === active}
                        isChosen={picker.isChosen(option)}
                        onChoose={picker.choose}
                      />
                    )
                  })
                  return group.label === null ? (
                    items
                  ) : (
                    <div key={group.label} role="group" aria-label={group.label}>
                      <div className={classes.group} aria-hidden>
                        {group.label}
                      </div>
                      {items}
                    </div>
                  )
                })}
              </div>
              {options.length === 0 && (
                <div className={classes.nothing}>{nothingFound(picker.query)}</div>
              )}
            </div>
          </>
        )}
      </div>
      {isOpen && <span aria-hidden className={classes.gap} />}
    </>
  )
}

/** Explains an unmatched text that was left in the field; replaces the field's description. */
const Unclear = ({ words }: { words: string }) => <span className={classes.unclear}>{words}</span>

type OptionProps = {
  id: string
  option: PickerOption
  isActive: boolean
  isChosen: boolean
  onChoose: (option: PickerOption) => void
}

// memoised by its texts: an arrow key changes two options of 89
const Option = memo(
  function Option({ id, option, isActive, isChosen, onChoose }: OptionProps) {
    return (
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isChosen}
        className={classes.option}
        data-active={isActive || undefined}
        onClick={() => onChoose(option)}
        onKeyDown={undefined}
      >
        <span>
          <bdi>{option.label}</bdi>
          {option.because && <span className={classes.because}> · {option.because}</span>}
        </span>
        {option.note && <span className={classes.note}>{option.note}</span>}
        {option.code && <span className={classes.code}>{option.code}</span>}
      </div>
    )
  },
  (before, after) =>
    before.id === after.id &&
    before.option.value === after.option.value &&
    before.option.because === after.option.because &&
    before.isActive === after.isActive &&
    before.isChosen === after.isChosen,
)
