import type { BulkRun } from '#stages/compose/bulk-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import classes from './bulk.module.css'
import { bulkWords } from './bulk-words.ts'

/** The total beside what each would have alone, what shared seats allow at most, and first come, first served. */
export function BulkTotals({ run }: { run: BulkRun }) {
  const say = useWords(bulkWords)
  const format = useFormat()
  const { totals, needs } = run
  const covered = (value: (need: BulkRun['needs'][number]) => number | null) =>
    needs.reduce((sum, need) => sum + (value(need) ?? 0), 0)
  const rows = [
    { key: 'alone', points: totals.alone, covered: covered((need) => need.aloneCovered), note: null },
    { key: 'bound', points: totals.bound, covered: null, note: null },
    {
      key: 'together',
      points: totals.together,
      covered: covered((need) => need.covered),
      note:
        totals.bound > totals.together ? say('loses', { points: format.number(totals.bound - totals.together) }) : null,
    },
    {
      key: 'inTurn',
      points: totals.inTurn,
      covered: totals.inTurn === null ? null : covered((need) => need.inTurnCovered),
      note:
        totals.inTurn !== null && totals.together > totals.inTurn
          ? say('loses', { points: format.number(totals.bound - totals.inTurn) })
          : null,
    },
  ] as const
  // One after another was not tried beside the teams that were kept.
  const shown = run.needs.some(({ kept }) => kept) ? rows.filter(({ key }) => key !== 'inTurn') : rows
  const most = Math.max(1, totals.alone, totals.bound)
  return (
    <Section title={say('totals')}>
      <p className="soft">{say('totalsTell')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls is reached by the keyboard */}
      <section className={classes.frame} tabIndex={0} aria-label={say('totals')}>
        <table className={classes.totals}>
          <thead>
            <tr>
              <th scope="col">{say('way')}</th>
              <th scope="col">{say('points')}</th>
              <th scope="col">
                <span className="unseen">{say('points')}</span>
              </th>
              <th scope="col">{say('coveredHead')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ key, points, covered: count, note }) => (
              <tr key={key} data-strong={key === 'together' || undefined}>
                <th scope="row">{say(`way.${key}`)}</th>
                <td className="figures">{points === null ? say('notTold') : format.number(points)}</td>
                <td className={classes.barCell}>
                  {points === null ? null : (
                    <span className={classes.bar} data-way={key} aria-hidden>
                      <span style={{ width: `${Math.max(0, (points / most) * 100)}%` }} />
                    </span>
                  )}
                  {note ? <span className="faint">{note}</span> : null}
                </td>
                {count === null ? (
                  <td />
                ) : (
                  <td className="figures" data-head={say('coveredHead')}>
                    {format.number(count)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {totals.inTurn !== null && totals.together > totals.inTurn ? (
        <p>{say('wins', { points: format.number(totals.together - totals.inTurn) })}</p>
      ) : null}
    </Section>
  )
}
