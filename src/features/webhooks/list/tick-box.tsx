import { PlainCheckbox } from '#ui/controls/plain-checkbox.tsx'

import classes from './tick-box.module.css'

type TickBoxProps = {
  name: string
  isTicked: boolean
  /** True if only some of the rows it stands for are ticked. */
  isPartial?: boolean
  onTick: (isTicked: boolean, isRange: boolean) => void
}

/** The checkbox of a row; its whole cell is the target. */
export function TickBox({ name, isTicked, isPartial = false, onTick }: TickBoxProps) {
  return (
    <label className={classes.target}>
      <PlainCheckbox
        ref={(input) => {
          if (input) input.indeterminate = isPartial
        }}
        aria-label={name}
        checked={isTicked}
        onChange={({ currentTarget, nativeEvent }) =>
          onTick(currentTarget.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
    </label>
  )
}
