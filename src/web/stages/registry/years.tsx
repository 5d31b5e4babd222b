import { Button } from '@mantine/core'
import { useCallback } from 'react'
import type { Organisation } from '#stages/registry/model.ts'
import { isMoneyFigure, type OrganisationYear } from '#stages/registry/year-model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import type { Scheme } from '../../lib/theme.ts'
import { useWords } from '../../lib/words.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import { sharesOption } from '../../ui/chart/options.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { figuresIn, shareOf } from './year-draft.ts'
import { yearWords } from './year-words.ts'
import classes from './years.module.css'

/** One year alone is said more plainly by the table. */
const DRAWN_MIN = 2

/** What an organisation earned, spent and employed year by year: a picture, and the figures with their sources. */
export function Years({ organisation }: { organisation: Organisation }) {
  const say = useWords(yearWords)
  const go = useGo()
  const years = organisation.private?.years ?? []
  const edit = () => go(`/organisations/${organisation.id}/edit`)
  if (years.length === 0)
    return (
      <Section title={say('years')}>
        <p>{say('empty')}</p>
        <p className="soft">{say('emptyTell')}</p>
        {organisation.mayEdit && !organisation.mergedInto ? (
          <div>
            <Button variant="default" onClick={edit}>
              {say('fill')}
            </Button>
          </div>
        ) : null}
      </Section>
    )
  return (
    <Section title={say('years')}>
      <p className="soft">{say('tell')}</p>
      <Picture years={years} />
      <Table years={years} />
    </Section>
  )
}

function Table({ years }: { years: readonly OrganisationYear[] }) {
  const say = useWords(yearWords)
  const format = useFormat()
  const figures = figuresIn(years)
  const hasShare = years.some((year) => shareOf(year) !== null)
  const sourceOf = ({ source }: OrganisationYear) => {
    const date = format.date(source.at.slice(0, 10))
    return source.importName
      ? say('byImport', { name: source.importName, date })
      : say('byPerson', { who: source.who ?? say('somebody'), date })
  }
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={say('years')}>
        <thead>
          <tr>
            <th scope="col">{say('year')}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col" className={classes.figure}>
                {say(`figure.${figure}`)}
              </th>
            ))}
            {hasShare ? (
              <th scope="col" className={classes.figure}>
                {say('share')}
              </th>
            ) : null}
            <th scope="col">{say('source')}</th>
          </tr>
        </thead>
        <tbody>
          {years.map((year) => (
            <tr key={year.year}>
              <th scope="row">{year.year}</th>
              {figures.map((figure) => (
                <td key={figure} className={classes.figure} data-label={say(`figure.${figure}`)}>
                  <FigureOf year={year} figure={figure} />
                </td>
              ))}
              {hasShare ? (
                <td className={classes.figure} data-label={say('share')}>
                  {shareOf(year) === null ? <NotKnown /> : format.percent(shareOf(year)!, 1)}
                </td>
              ) : null}
              <td className={classes.source} data-label={say('source')}>
                {sourceOf(year)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function FigureOf({ year, figure }: { year: OrganisationYear; figure: ReturnType<typeof figuresIn>[number] }) {
  const format = useFormat()
  if (!isMoneyFigure(figure)) return year[figure] === null ? <NotKnown /> : format.number(year[figure])
  const money = year[figure]
  return money ? <span title={format.moneyExact(money)}>{format.money(money)}</span> : <NotKnown />
}

function NotKnown() {
  const say = useWords(yearWords)
  return (
    <span className="faint">
      <span aria-hidden="true">—</span>
      <span className="unseen">{say('notKnown')}</span>
    </span>
  )
}

/** Revenue as bars, and the share of R&D as a line, of the years in the currency of the latest. */
function Picture({ years }: { years: readonly OrganisationYear[] }) {
  const say = useWords(yearWords)
  const format = useFormat()
  const currency = years.find(({ revenue }) => revenue)?.revenue?.currency
  const drawn = years.filter(({ revenue }) => revenue?.currency === currency && revenue).toReversed()
  const option = useCallback(
    (scheme: Scheme) =>
      sharesOption(
        {
          names: drawn.map(({ year }) => String(year)),
          amount: {
            name: say('figure.revenue'),
            values: drawn.map(({ revenue }) => Number(revenue!.minor)),
            show: (minor) => format.money({ minor: String(Math.round(minor)), currency: currency! }),
          },
          share: {
            name: say('share'),
            values: drawn.map(shareOf),
            show: (share) => format.percent(share, 1),
          },
        },
        scheme,
      ),
    [drawn, currency, say, format],
  )
  if (drawn.length < DRAWN_MIN) return null
  return (
    <Chart
      label={say('picture', { from: drawn[0]!.year, to: drawn.at(-1)!.year })}
      height={200}
      option={option}
      table={{
        head: [say('year'), say('figure.revenue'), say('share')],
        rows: drawn.map((year) => {
          const share = shareOf(year)
          return [year.year, format.money(year.revenue!), share === null ? '—' : format.percent(share, 1)]
        }),
      }}
    />
  )
}
