import classes from './active-switch.module.css'

type ActiveSwitchProps = {
  /** Of the webhook: the switch is named after it. */
  name: string
  isActive: boolean
  /** Why it cannot be switched, for people who may not. */
  reason: string | undefined
  onChange: (isActive: boolean) => void
}

/** Acts at once. A plain checkbox underneath, because there is one in every row. */
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
