import type { Proposal } from '#stages/compose/model.ts'
import { type RuleState, VERDICTS } from '#stages/compose/pack-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { optionWords } from './option-words.ts'
import { VERDICT_TONES } from './rules-part.tsx'
import { VersionTable } from './version-table.tsx'
import { versionWords } from './version-words.ts'
import classes from './versions.module.css'

type Version = Pick<Proposal, 'id' | 'rules' | 'options' | 'status'>

/** How each version's team stands to the rows of its packs: those in which the versions differ, then the others folded. */
export function VersionRules({ versions, nameOf }: { versions: readonly Version[]; nameOf: (id: string) => string }) {
  const say = useWords(versionWords)
  const packs = new Map(versions.flatMap(({ rules }) => rules.map(({ pack }) => [pack.id, pack] as const)))
  const asked = versions.some(({ options }) => options.packs.length)
  if (!packs.size) return <p className="soft">{say(asked ? 'rulesNoTeam' : 'rulesNone')}</p>
  return [...packs.values()].map((pack) => (
    <Pack key={pack.id} pack={pack} versions={versions} names={versions.map(({ id }) => nameOf(id))} />
  ))
}

function Pack({
  pack,
  versions,
  names,
}: {
  pack: RuleState['pack']
  versions: readonly Version[]
  names: readonly string[]
}) {
  const say = useWords(versionWords)
  const options = useWords(optionWords)
  const format = useFormat()
  const language = say.language === 'zh' ? 'zh' : 'en'
  const states = versions.map(({ rules }) => new Map(rulesOf(rules, pack.id).map((rule) => [rule.row, rule])))
  const rows = [...new Map(states.flatMap((of) => [...of])).values()]
  const differs = ({ row }: RuleState) =>
    new Set(states.map((of) => JSON.stringify([of.get(row)?.verdict, of.get(row)?.have, of.get(row)?.waived]))).size > 1
  const [unlike, alike] = [rows.filter(differs), rows.filter((rule) => !differs(rule))]
  const rowFor = (rule: RuleState) => ({
    key: rule.row,
    head: (
      <>
        {rule.words[language]}
        <p className="faint">{options('sourceOf', { source: rule.source })}</p>
      </>
    ),
    cells: states.map((of) => {
      const own = of.get(rule.row)
      return own ? <Verdict key={rule.row} rule={own} /> : null
    }),
  })
  const counts = {
    key: 'counts',
    head: say('counts'),
    strong: true,
    cells: states.map((of, at) => {
      const { status, options: set } = versions[at]!
      const rules = [...of.values()].filter(({ waived }) => !waived)
      const waived = of.size - rules.length
      const told = VERDICTS.flatMap((verdict) => {
        const count = rules.filter((rule) => rule.verdict === verdict).length
        return count ? [`${options(`verdict.${verdict}`)} ${format.number(count)}`] : []
      })
      return of.size
        ? [...told, ...(waived ? [`${options('verdict.waived')} ${format.number(waived)}`] : [])].join(' · ')
        : say(status === 'infeasible' && set.packs.includes(pack.id) ? 'noTeam' : 'packUnasked')
    }),
  }
  const tableOf = (label: string, shown: Parameters<typeof VersionTable>[0]['rows']) => (
    <VersionTable label={`${pack.title[language]}: ${label}`} corner={say('rule')} names={names} rows={shown} />
  )
  const editions = [
    ...new Set(versions.flatMap(({ rules }) => rulesOf(rules, pack.id).map((rule) => rule.pack.version))),
  ]
  return (
    <div className={classes.pack}>
      <h3>{options('rulesOf', { title: pack.title[language], version: editions.join(', ') })}</h3>
      {tableOf(say('unlike'), [counts, ...unlike.map(rowFor)])}
      {alike.length ? (
        <details className={classes.same}>
          <summary>{say('alike', { count: alike.length })}</summary>
          {tableOf(say('alike', { count: alike.length }), alike.map(rowFor))}
        </details>
      ) : null}
    </div>
  )
}

const rulesOf = (rules: readonly RuleState[], pack: string) => rules.filter((rule) => rule.pack.id === pack)

function Verdict({ rule }: { rule: RuleState }) {
  const options = useWords(optionWords)
  const format = useFormat()
  return (
    <span>
      <Badge tone={rule.waived ? 'plain' : VERDICT_TONES[rule.verdict]}>
        {options(`verdict.${rule.waived ? 'waived' : rule.verdict}`)}
      </Badge>
      {typeof rule.have === 'number' ? <span className="soft figures"> {format.number(rule.have)}</span> : null}
    </span>
  )
}
