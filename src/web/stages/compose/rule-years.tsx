import type { Proposal } from '#stages/compose/model.ts'
import type { RuleState } from '#stages/compose/pack-model.ts'
import { mayEditOrganisation } from '#stages/registry/access.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Go } from '../../ui/go.tsx'
import { usePartyNames } from './parties.ts'
import { ruleYearWords } from './rule-years-words.ts'

/** Organisations whose missing years are named; the rest are counted by the row itself. */
const NAMED_MAX = 3

/** The figures by year behind a row: those that the reader may see, and which years are missing, with where to fill them in. */
export function RuleYears({ row, proposal }: { row: RuleState; proposal: Proposal }) {
  const say = useWords(ruleYearWords)
  const format = useFormat()
  const { caller } = useZone()
  const nameOf = usePartyNames(proposal)
  const language = say.language === 'zh' ? 'zh' : 'en'
  const nameById = (id: string) => nameOf(proposal.members.find((one) => one.id === id) ?? { id, name: id, names: {} })
  const spanOf = (years: readonly number[]) => (years.length > 2 ? `${years.at(-1)}–${years[0]}` : years.join(', '))
  const figures = (row.figures ?? []).map(({ fact, unit, value, years }) => {
    const told = { fact: fact[language], value: format.number(value), unit: unit[language] }
    return years.length ? say('figureOfYears', { ...told, years: spanOf(years) }) : say('figure', told)
  })
  const missing = row.verdict === 'unknown' ? missingOf(row).slice(0, NAMED_MAX) : []
  return (
    <>
      {figures.length ? <p className="soft figures">{format.list(figures)}</p> : null}
      {row.hidden && row.verdict !== 'unknown' ? <p className="faint">{say('hidden')}</p> : null}
      {missing.map(({ of, figure, years }) => (
        <p key={`${of} ${figure}`} className="soft">
          {say('missing', {
            name: nameById(of),
            years: format.list(years.map(String)),
            figure: say(`figure.${figure}`),
          })}{' '}
          {mayEditOrganisation(caller, of) ? (
            <Go to={`/organisations/${of}`} search={{ tab: 'years' }}>
              {say('fill')}
            </Go>
          ) : null}
        </p>
      ))}
    </>
  )
}

/** Each organisation's missing years of a figure once, whichever facts need them. */
function missingOf(row: RuleState) {
  const found = new Map<string, RuleState['missing'][number]['years'][number]>()
  for (const one of row.missing.flatMap(({ years }) => years ?? [])) {
    const key = `${one.of} ${one.figure}`
    const years = [...new Set([...(found.get(key)?.years ?? []), ...one.years])].sort((a, b) => b - a)
    found.set(key, { ...one, years })
  }
  return [...found.values()]
}
