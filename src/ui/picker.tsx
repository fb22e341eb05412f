import { Combobox, TextInput, useCombobox, type TextInputProps } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { memo, useDeferredValue, useId, useState, type KeyboardEvent, type ReactNode } from 'react'

import { useNotices } from './notices.tsx'
import classes from './picker.module.css'

export type PickerOption = {
  value: string
  /** What the field shows once it is chosen. */
  label: string
  /** A sentence below it. */
  note?: string | undefined
  /** Its technical name. */
  code?: string | undefined
  /** Why it was found, where the label does not show it. */
  because?: string | undefined
}

export type PickerGroup = { label: string | null; options: PickerOption[] }

export type PickerProps = {
  label: string
  value: string | null
  /** What the field shows for `value`, also for one that is not among the options. */
  chosen: string
  /** The options for what is typed, best first. An empty query asks for all. */
  search: (query: string) => PickerGroup[]
  nothingFound: (query: string) => ReactNode
  /** For "12 actions". */
  noun: { one: string; many: string }
  onChange: (value: string) => void
} & Pick<
  TextInputProps,
  'description' | 'error' | 'required' | 'placeholder' | 'readOnly' | 'ref' | 'onBlur' | 'id'
>

const PAGE = 10

/**
 * A searchable, grouped choice of one. Focus stays in the text field, as the combobox pattern
 * asks; what is typed is kept when the person tabs away and back; choosing again never clears.
 */
export function Picker(props: PickerProps) {
  const { value, chosen, search, nothingFound, noun, onChange, readOnly, onBlur, ...inputProps } =
    props
  const { announce } = useNotices()
  const store = useCombobox()
  const listId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(-1)

  // the key's own letter is painted first, the list follows
  const query = useDeferredValue(typed ?? '')
  const isOpen = store.dropdownOpened
  const groups = isOpen ? search(query) : []
  const options = groups.flatMap((group) => group.options)
  const optionId = (at: number) => `${listId}-${at}`
  const isChosen = (option: PickerOption) => option.value === value

  function open() {
    if (readOnly || isOpen) return
    store.openDropdown()
    moveTo(
      Math.max(
        0,
        search(typed ?? '')
          .flatMap((group) => group.options)
          .findIndex(isChosen),
      ),
    )
  }

  function close() {
    store.closeDropdown()
    setActive(-1)
  }

  function moveTo(at: number) {
    setActive(at)
    requestAnimationFrame(() =>
      document.getElementById(optionId(at))?.scrollIntoView({ block: 'nearest' }),
    )
  }

  function choose(option: PickerOption | undefined) {
    if (!option) return
    onChange(option.value)
    setTyped(null)
    close()
  }

  function type(text: string) {
    setTyped(text)
    store.openDropdown()
    setActive(0)
    const count = search(text).reduce((sum, group) => sum + group.options.length, 0)
    announce(count === 1 ? `1 ${noun.one}` : `${count} ${noun.many}`)
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing || readOnly) return
    const last = options.length - 1
    const moves: Record<string, () => void> = {
      ArrowDown: () => (isOpen ? moveTo(active >= last ? 0 : active + 1) : open()),
      ArrowUp: () => (isOpen ? moveTo(active <= 0 ? last : active - 1) : open()),
      PageDown: () => isOpen && moveTo(Math.min(active + PAGE, last)),
      PageUp: () => isOpen && moveTo(Math.max(active - PAGE, 0)),
    }
    const move = moves[event.key]
    if (move) {
      event.preventDefault()
      return move()
    }
    // with a modifier it is the form's key
    if (event.key === 'Enter' && isOpen && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      return choose(options[active])
    }
    if (event.key === 'Escape' && (isOpen || typed !== null)) {
      // closes first, clears second, and only then leaves it to whoever is around
      event.preventDefault()
      event.stopPropagation()
      if (isOpen) return close()
      return setTyped(null)
    }
  }

  let index = 0

  return (
    <Combobox store={store} position="bottom-start" width="target" shadow="md" withinPortal={false}>
      {/* its own attributes would overwrite ours: it keeps a selection of its own, which is empty */}
      <Combobox.Target withAriaAttributes={false} withKeyboardNavigation={false}>
        <TextInput
          {...inputProps}
          role="combobox"
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          autoComplete="off"
          value={typed ?? chosen}
          readOnly={readOnly ?? false}
          spellCheck={false}
          rightSection={<IconChevronDown size={16} aria-hidden />}
          rightSectionPointerEvents="none"
          aria-autocomplete="list"
          aria-activedescendant={isOpen && options[active] ? optionId(active) : undefined}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onClick={open}
          onBlur={(event) => {
            close()
            onBlur?.(event)
          }}
          onKeyDown={press}
        />
      </Combobox.Target>

      <Combobox.Dropdown className={classes.dropdown}>
        <Combobox.Options id={listId} aria-label={props.label} className={classes.options}>
          {groups.map((group) => {
            const items = group.options.map((option) => {
              const at = index++
              return (
                <Option
                  key={option.value}
                  id={optionId(at)}
                  option={option}
                  isActive={at === active}
                  isChosen={isChosen(option)}
                  onChoose={choose}
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
        </Combobox.Options>
        {options.length === 0 && <Combobox.Empty>{nothingFound(query)}</Combobox.Empty>}
      </Combobox.Dropdown>
    </Combobox>
  )
}

type OptionProps = {
  id: string
  option: PickerOption
  isActive: boolean
  isChosen: boolean
  onChoose: (option: PickerOption) => void
}

// memoised by what it shows: an arrow key changes two options of 89
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
        // keeps focus in the text field
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onChoose(option)}
        onKeyDown={undefined}
      >
        <span>
          {option.because && <span className={classes.because}>{option.because} · </span>}
          <bdi>{option.label}</bdi>
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
