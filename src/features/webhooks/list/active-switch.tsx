import classes from './active-switch.module.css'

type ActiveSwitchProps = {
  /** The webhook's name, which also names the switch. */
  name: string
  isActive: boolean
  /** The reason it cannot be switched, for people without the role. */
  reason: string | undefined
  onChange: (isActive: boolean) => void
}

/** Switches at once. Built on a plain checkbox, because every row has one. */
export function ActiveSwitch({ name, isActive, reason, onChange }: ActiveSwitchProps) {
  return (
    <span className={classes.target} title={reason}>
      <input
        type="checkbox"
        role="switch"
        className={classes.switch}
        aria-label={reason === undefined ? `Active: ${name}` : `Active: ${name}. ${reason}`}
        aria-checked={isActive}
        aria-disabled={reason !== undefined || undefined}
        checked={isActive}
        onChange={(event) => {
          // not `disabled`: that would drop the focus, and hide the reason
          if (reason === undefined) onChange(event.currentTarget.checked)
        }}
      />
    </span>
  )
}
