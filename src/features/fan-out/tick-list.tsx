import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { memo, useDeferredValue, useId, useState, type ReactNode } from 'react'

import { isComposing } from '#ui/controls/composing.ts'
import { meantBy } from '#ui/controls/meant.ts'
import { PlainCheckbox } from '#ui/controls/plain-checkbox.tsx'
import { byCount } from '#contract/words/plural.ts'

import classes from './tick-list.module.css'

export type TickOption = {
  value: number
  label: string
  note?: string | undefined
  /** The technical name of the option. */
  code?: string | undefined
  /** The reason it was found, if the label does not show it. */
  because?: string | undefined
}

export type TickGroup = { label: string | null; options: TickOption[] }

export type TickListProps = {
  /** The id of the search field, for error messages to lead to. */
  id: string
  label: string
  noun: { one: string; many: string }
  /** The options for the typed text. An empty query asks for all. */
  search: (query: string) => TickGroup[]
  nothingFound: (query: string) => ReactNode
  ticked: ReadonlySet<number>
  error: string | undefined
  /** Called with the change to the ticks, because the previous press may not be drawn yet. */
  onChange: (change: (before: ReadonlySet<number>) => ReadonlySet<number>) => void
}

/** A choice of several, found by typing, with a button to tick all matches. */
export function TickList(props: TickListProps) {
  const { id, label, noun, search, nothingFound, ticked, error, onChange } = props
  const [query, setQuery] = useState('')
  const countId = useId()
  const shown = useDeferredValue(query)
  const groups = search(shown)
  const found = valuesOf(groups)
  const areAll = found.length > 0 && found.every((value) => ticked.has(value))

  const change = (values: readonly number[], isTicked: boolean) =>
    onChange((before) => {
      const after = new Set(before)
      for (const value of values) {
        if (isTicked) after.add(value)
        else after.delete(value)
      }
      return after
    })

  return (
    <div className={classes.field}>
      <TextInput
        id={id}
        label={label}
        description={`${ticked.size} ticked`}
        placeholder="Find"
        leftSection={<IconSearch size={16} aria-hidden />}
        autoComplete="off"
        spellCheck={false}
        required
        error={error}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
          // in a form the key would submit
          event.preventDefault()
          if (isComposing(event)) return
          const option = meantBy(
            query,
            search(query).flatMap(({ options }) => options),
          )
          if (!option) return
          change([option.value], !ticked.has(option.value))
          event.currentTarget.select()
        }}
      />
      <div className={classes.head}>
        <span className={classes.count} id={countId}>
          <span>{byCount(found.length, `1 ${noun.one}`, `${found.length} ${noun.many}`)}</span>
          {query.trim() && <span> found</span>}
        </span>
        {found.length > 0 && (
          <Button
            size="compact-xs"
            variant="subtle" // the text typed by now, not the one drawn last
            onClick={() => change(valuesOf(search(query)), !areAll)}
          >
            {`${areAll ? 'Untick' : 'Tick'} all ${found.length}`}
            {query.trim() && <span>&nbsp;found</span>}
          </Button>
        )}
      </div>
      <div className={classes.options} role="group" aria-label={label}>
        {groups.map((group) =>
          group.label === null ? (
            <Options key="" options={group.options} ticked={ticked} onTick={change} />
          ) : (
            <fieldset key={group.label} className={classes.group}>
              <legend className={classes.legend}>{group.label}</legend>
              <Options options={group.options} ticked={ticked} onTick={change} />
            </fieldset>
          ),
        )}
        {found.length === 0 && <p className={classes.count}>{nothingFound(shown)}</p>}
      </div>
    </div>
  )
}

const valuesOf = (groups: readonly TickGroup[]) =>
  groups.flatMap(({ options }) => options.map(({ value }) => value))

type OptionsProps = {
  options: TickOption[]
  ticked: ReadonlySet<number>
  onTick: (values: readonly number[], isTicked: boolean) => void
}

function Options({ options, ticked, onTick }: OptionsProps) {
  return options.map((option) => (
    <Option
      key={option.value}
      option={option}
      isTicked={ticked.has(option.value)}
      onTick={(isTicked) => onTick([option.value], isTicked)}
    />
  ))
}

type OptionProps = {
  option: TickOption
  isTicked: boolean
  onTick: (isTicked: boolean) => void
}

function Option({ option, isTicked, onTick }: OptionProps) {
  return (
    <label className={classes.option}>
      <PlainCheckbox checked={isTicked} onChange={(event) => onTick(event.currentTarget.checked)} />
      <Words option={option} />
    </label>
  )
}

// a tick draws the boxes again, but not the hundreds of texts
const Words = memo(
  function Words({ option: { label, note, code, because } }: { option: TickOption }) {
    return (
      <span className={classes.words}>
        <span>
          <bdi>{label}</bdi>
          {because && <span className={classes.note}> · {because}</span>}
        </span>
        {note && <span className={classes.note}>{note}</span>}
        {code && <span className={classes.code}>{code}</span>}
      </span>
    )
  },
  (before, after) =>
    before.option.value === after.option.value && before.option.because === after.option.because,
)
