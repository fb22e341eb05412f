import { entityOf, payloadFields, type Evidence } from '#contract/payloads/payload.ts'
import { ScrollBox } from '#ui/page/scroll-box.tsx'

import classes from './payload-sample.module.css'

// the same every time: a changing sample would look like data
const SCENE = {
  location: { id: 1_400_000_002, name: 'Your location', currency: 'GBP' },
  at: new Date('2026-05-05T14:28:10Z'),
  seed: 7,
}

const EVIDENCE: Record<Evidence, string> = {
  seen: 'seen in a delivery',
  documented: 'documented, not seen in a delivery',
  unknown: 'unknown: Nexudus does not say which record this action sends',
}

/** The fields of the action's delivery, each with the source of that knowledge. */
export function PayloadSample({ action }: { action: number }) {
  const entity = entityOf(action)
  const fields = payloadFields(action, SCENE)
  return (
    <div className={classes.sample}>
      <p>
        An array with one record, {entity?.isCertain ? 'a' : 'probably a'}{' '}
        <code>{entity?.name}</code>, shown with made-up values. Nexudus publishes no list of these
        fields; a delivery may hold more.
      </p>
      <ScrollBox label="Fields in the delivery" className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Example</th>
              <th scope="col">Evidence</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ name, value, evidence }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <code>{JSON.stringify(value)}</code>
                </td>
                <td title={EVIDENCE[evidence]} data-evidence={evidence}>
                  {evidence}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <dl className={classes.legend}>
        {(Object.keys(EVIDENCE) as Evidence[])
          // only kinds that occur in this table
          .filter((evidence) => fields.some((field) => field.evidence === evidence))
          .map((evidence) => (
            <div key={evidence}>
              <dt>{evidence}</dt>
              <dd>{EVIDENCE[evidence]}</dd>
            </div>
          ))}
      </dl>
    </div>
  )
}
