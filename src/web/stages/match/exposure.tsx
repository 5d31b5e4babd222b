import { Button, Skeleton } from '@mantine/core'
import { matchApi } from '#stages/match/api.ts'
import type { Exposure as Report } from '#stages/match/fairness-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote, Note } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { WorkProgress } from '../../ui/work-progress.tsx'
import classes from './exposure.module.css'
import { exposureWords } from './exposure-words.ts'
import { FairnessForm } from './fairness-form.tsx'
import { LorenzCurve } from './lorenz-curve.tsx'
import { useName } from './names.ts'
import { POINTS } from './reasons.ts'
import { matchTitles } from './titles.ts'

/** Who is shown how often over the open needs, and what the officer chooses about it. */
export function Exposure() {
  const say = useWords(exposureWords)
  const titles = useWords(matchTitles)
  const format = useFormat()
  const { data, error, isPending, refetch } = useRead(matchApi.exposure)
  const settings = useRead(matchApi.settings)
  const measure = useWrite(matchApi.measureExposure)
  const report = data?.report ?? null
  return (
    <DetailPage
      title={titles('exposure')}
      answer={
        report
          ? `${say('answer', {
              needs: format.number(report.needs),
              eligible: format.number(report.eligible),
              shown: format.number(report.applied.shown),
            })}${say('measuredAt', { when: format.ago(report.at) })}`
          : isPending || error
            ? null
            : say('answerNone')
      }
      action={
        error ? null : (
          <Button
            variant={report && !report.stale ? 'default' : 'filled'}
            loading={measure.isRunning}
            disabled={Boolean(data?.workId)}
            onClick={() => void measure.run().catch(() => undefined)}
          >
            {say('measure')}
          </Button>
        )
      }
    >
      <ErrorNote error={error ?? measure.refusal} retry={() => void refetch()} />
      {data?.workId ? (
        <WorkProgress
          key={data.workId}
          id={data.workId}
          title={say('counting')}
          doing={() => say('counting')}
          onDone={() => void refetch()}
        />
      ) : null}
      <Section title={say('settings')}>
        <p className="soft">{say('settingsTell')}</p>
        {settings.data ? (
          <FairnessForm key={settings.data.revision} settings={settings.data} />
        ) : (
          <Skeleton height={90} />
        )}
      </Section>
      {report?.stale && !data?.workId ? <Note tone="look">{say('stale')}</Note> : null}
      {report && report.needs === 0 ? <p className="soft">{say('noNeeds')}</p> : null}
      {report?.needs ? <ReportOf report={report} /> : null}
      {data && !report && !data.workId ? <Empty title={say('emptyTitle')}>{say('emptyText')}</Empty> : null}
    </DetailPage>
  )
}

function ReportOf({ report }: { report: Report }) {
  const say = useWords(exposureWords)
  const format = useFormat()
  return (
    <>
      <div className={classes.two}>
        <Section title={say('curve')}>
          <LorenzCurve report={report} />
          <p className="soft">{say('curveTell')}</p>
        </Section>
        <Section title={say('costs')}>
          <p className="soft">
            {say('costsTell')} {say('costsTurn')}
          </p>
          {report.applied.bound !== null && !report.applied.reached ? (
            <Note tone="look">{say('notReached', { bound: format.number(report.applied.bound) })}</Note>
          ) : null}
          <Costs report={report} />
        </Section>
      </div>
      <div className={classes.two}>
        <Section title={say('most')}>
          <Ranked rows={report.most} most={report.most[0]?.shown ?? 1} />
        </Section>
        <Section title={say('never')}>
          <p className="soft">
            {report.neverCount ? say('neverTell', { count: report.neverCount }) : say('neverNone')}
          </p>
          <Names rows={report.never} />
        </Section>
      </div>
    </>
  )
}

/** The measures by score alone, as it is set, and under each bound. */
function Costs({ report }: { report: Report }) {
  const say = useWords(exposureWords)
  const format = useFormat()
  const share = (count: number) =>
    say('share', {
      share: format.percent(report.eligible ? count / report.eligible : 0),
      count: format.number(count),
      of: format.number(report.eligible),
    })
  /** With what it loses or gains beside the order by score alone. */
  const points = (value: number, plain: number) => {
    const shift = Math.round((value - plain) * POINTS * 10) / 10
    return (
      <>
        {format.number(value * POINTS, 1)}
        {shift ? (
          <span className="faint">{` ${shift < 0 ? '−' : '+'}${format.number(Math.abs(shift), 1)}`}</span>
        ) : null}
      </>
    )
  }
  const rows = [
    { key: 'plain', head: say('before'), ...report.plain, reached: true, strong: true },
    { key: 'applied', head: say('now'), ...report.applied, reached: true, strong: true },
    ...report.bounds
      .filter(({ reached, bound }) => reached && bound < report.plain.gini)
      .map((one) => ({ key: String(one.bound), head: `≤ ${format.number(one.bound)}`, ...one, strong: false })),
  ]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls is reached by the keyboard
    <section className={classes.frame} tabIndex={0} aria-label={say('costs')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{say('boundHead')}</th>
            <th scope="col">{say('gini')}</th>
            <th scope="col">{say('shown')}</th>
            <th scope="col">{say('meanMerit')}</th>
            <th scope="col">{say('meanScore')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-strong={row.strong || undefined}>
              <th scope="row">{row.head}</th>
              <td className="figures">{format.number(row.gini, 2)}</td>
              <td className="figures">{share(row.shown)}</td>
              <td className="figures">{points(row.merit, report.plain.merit)}</td>
              <td className="figures">{points(row.score, report.plain.score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Ranked({ rows, most }: { rows: Report['most']; most: number }) {
  const say = useWords(exposureWords)
  const name = useName()
  return (
    <ol className={classes.ranked}>
      {rows.map((row) => (
        <li key={row.id}>
          <Go to={`/organisations/${row.id}`}>{name(row)}</Go>
          <span className="figures soft">{say('mostTimes', { count: row.shown })}</span>
          <span className={classes.bar} aria-hidden>
            <span style={{ width: `${Math.round((row.shown / most) * 100)}%` }} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Names({ rows }: { rows: Report['never'] }) {
  const name = useName()
  return (
    <ul className={classes.names}>
      {rows.map((row) => (
        <li key={row.id}>
          <Go to={`/organisations/${row.id}`}>{name(row)}</Go>
        </li>
      ))}
    </ul>
  )
}
