import { Button } from '@mantine/core'

import classes from './sandbox-page.module.css'

/** The headers of something that arrived. */
export function Headers({ headers }: { headers: readonly (readonly [string, string])[] }) {
  return (
    <table className={classes.headers} aria-label="Headers">
      <tbody>
        {headers.map(([name, value]) => (
          <tr key={`${name} ${value}`}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Forgets everything that arrived. */
export function EmptyButton({ isBusy, onEmpty }: { isBusy: boolean; onEmpty: () => void }) {
  return (
    <Button size="compact-xs" variant="default" loading={isBusy} onClick={onEmpty}>
      Empty
    </Button>
  )
}
