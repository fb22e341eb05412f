import {
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
} from 'react'

import { useNotices } from '#ui/feedback/notices.tsx'
import { holdSubmit } from '#ui/hooks/hold-submit.ts'
import { PHONE, useBackCloses, useSeenPart } from '#ui/hooks/phone.ts'
import { afterPress } from '#ui/hooks/press.ts'
import { byCount } from '#contract/words/plural.ts'

import { isComposing } from './composing.ts'
import { makeRoom, placeBeside, showWithin } from './keep-in-view.ts'
import { meantBy } from './meant.ts'
import type { PickerOption, PickerProps } from './picker.tsx'

const PAGE = 10

/** The way a text was left before the options were there. */
type Asked = 'entered' | 'left'

/**
 * The state and keys of a picker. The list may be drawn a moment after the letter; every act
 * searches for the current text, so that no key takes an option from an older list. A choice made
 * before the options are read takes effect when they arrive.
 */
export function usePicker(props: PickerProps) {
  const { value, chosen, search, noun, onChange, reading = false } = props
  const { announce } = useNotices()
  const [isOpen, setIsOpen] = useState(false)
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const dropdown = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(-1)
  const [unclear, setUnclear] = useState<string | null>(null)
  const asked = useRef<Asked | null>(null)

  const text = typed ?? ''
  // the typed letter is painted first, the list follows
  const query = useDeferredValue(text)
  const groups = isOpen ? search(query) : []
  // a position counts only in the list for the current text
  const shownActive = query === text ? active : -1
  const optionId = (at: number) => `${listId}-${at}`
  const isChosen = (option: PickerOption) => option.value === value
  const find = (text: string) => search(text).flatMap((group) => group.options)

  // typing replaces the chosen text, never adds to it
  useEffect(() => {
    const field = input.current
    if (typed === null && field?.value === chosen && document.activeElement === field) {
      field.select()
    }
  }, [typed, chosen])
  const comeTrue = useEffectEvent(() => {
    const how = asked.current
    asked.current = null
    if (how === 'left' || (how === 'entered' && !chooseAt(0))) settle()
  })
  useEffect(() => {
    if (!reading) comeTrue()
  }, [reading])
  useLayoutEffect(() => {
    if (isOpen && input.current && dropdown.current) placeBeside(input.current, dropdown.current)
  }, [isOpen])
  useEffect(() => {
    const option = isOpen && document.getElementById(`${listId}-${shownActive}`)
    if (list.current && option) showWithin(list.current, option)
  }, [isOpen, listId, shownActive])

  const isWhole = isOpen && window.matchMedia(PHONE).matches
  useBackCloses(isWhole, close)
  useSeenPart(isWhole)

  function open() {
    if (isOpen) return
    setIsOpen(true)
    makeRoom(input.current)
    setActive(Math.max(0, find(text).findIndex(isChosen)))
  }

  function close() {
    setIsOpen(false)
    setActive(-1)
  }

  function choose(option: PickerOption) {
    onChange(option.value)
    setTyped(null)
    setUnclear(null)
    close()
  }

  function chooseAt(at: number): boolean {
    const option = find(text)[at]
    if (option) choose(option)
    return option !== undefined
  }

  function type(text: string) {
    const found = find(text)
    setTyped(text)
    setUnclear(null)
    if (!isOpen) makeRoom(input.current)
    asked.current = null
    setIsOpen(true)
    setActive(text === '' ? Math.max(0, found.findIndex(isChosen)) : 0)
    if (reading) return
    announce(byCount(found.length, `1 ${noun.one}`, `${found.length} ${noun.many}`))
  }

  /**
   * Resolves a typed text: it becomes the choice it means, or the previous choice returns and a
   * message says so. Returns true if the text became a choice.
   */
  function settle(): boolean {
    close()
    if (typed === null) return true
    if (reading) {
      asked.current ??= 'left'
      return false
    }
    const found = find(typed)
    const option = meantBy(typed, found)
    if (option) {
      choose(option)
      announce(`${option.label} is chosen`)
      return true
    }
    const words = explain(typed.trim(), found.length)
    setTyped(null)
    afterPress(() => setUnclear(words))
    if (words !== null) announce(words)
    return typed.trim() === '' && chosen === ''
  }

  function explain(text: string, count: number): string | null {
    const stays = chosen === '' ? 'Nothing is chosen yet.' : `“${chosen}” stays chosen.`
    if (text === '') return chosen === '' ? null : stays
    if (count === 0) return `“${text}” matches no ${noun.one}. ${stays}`
    return `“${text}” matches ${count} ${noun.many}. ${stays}`
  }

  /**
   * Selects the whole text at a press, so that typing replaces it. A browser puts the caret into a
   * selected text only after the click.
   */
  function pressMouse(event: MouseEvent<HTMLInputElement>) {
    if (typed !== null || event.button !== 0) return
    event.preventDefault()
    event.currentTarget.focus()
    event.currentTarget.select()
  }

  function leave(event: FocusEvent<HTMLInputElement>) {
    const { currentTarget } = event
    // another window has the keys for a while; the person has not left the field
    if (document.activeElement === currentTarget) return
    if (!settle()) holdSubmit(currentTarget.form, () => currentTarget.focus())
    props.onBlur?.(event)
  }

  function move(to: (last: number) => number) {
    if (isOpen) setActive(to(find(text).length - 1))
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(event)) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => (isOpen ? move((last) => (active >= last ? 0 : active + 1)) : open()),
      ArrowUp: () => (isOpen ? move((last) => (active <= 0 ? last : active - 1)) : open()),
      PageDown: () => move((last) => Math.min(active + PAGE, last)),
      PageUp: () => move(() => Math.max(active - PAGE, 0)),
    }
    const act = moves[event.key]
    if (act) {
      event.preventDefault()
      return act()
    }
    if (event.key === 'Enter') return enter(event)
    if (event.key === 'Escape' && (isOpen || typed !== null)) {
      // Escape first closes the list, then clears the text, and only then reaches a dialog around
      // it
      event.preventDefault()
      event.stopPropagation()
      asked.current = null
      if (isOpen) return close()
      return setTyped(null)
    }
  }

  function enter(event: KeyboardEvent<HTMLInputElement>) {
    // with a modifier the key belongs to the form, which must not send a text that is not shown
    const isForms = event.ctrlKey || event.metaKey
    if (isForms && settle()) return
    if (!isForms && !isOpen && typed === null) return
    event.preventDefault()
    event.stopPropagation()
    if (isForms) return
    if (reading) {
      if (typed !== null) asked.current = 'entered'
      return
    }
    if (isOpen) chooseAt(active)
    else settle()
  }

  return {
    input,
    list,
    dropdown,
    listId,
    optionId,
    isOpen,
    groups,
    query,
    unclear,
    active: shownActive,
    shown: typed ?? chosen,
    isChosen,
    choose,
    close,
    acts: {
      onChange: (event: { currentTarget: HTMLInputElement }) => type(event.currentTarget.value),
      onFocus: (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select(),
      onMouseDown: pressMouse,
      onClick: open,
      onBlur: leave,
      onKeyDown: press,
    },
  }
}
