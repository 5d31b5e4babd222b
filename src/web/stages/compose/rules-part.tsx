import { Button } from '@mantine/core'
import type { Proposal } from '#stages/compose/model.ts'
import type { RuleState } from '#stages/compose/pack-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Section } from '../../ui/detail/detail-page.tsx'
import type { Choices } from './body.tsx'
import { optionWords } from './option-words.ts'
import { PackSource } from './pack-source.tsx'
import { usePartyNames } from './parties.ts'
import { RuleYears } from './rule-years.tsx'
import own from './rules.module.css'

export const VERDICT_TONES = { met: 'good', missed: 'loss', unknown: 'look' } as const
const COMPARES = ['at_least', 'at_most', 'above', 'below', 'equal'] as const
/** What is missed is shown first, then what a person has to look at. */
const ORDER = ['missed', 'unknown', 'met'] as const

/** How the team stands to each row of the packs that were asked for: what it has, what is asked, by which source. */
export function RulesPart({ proposal, choices }: { proposal: Proposal; choices: Choices }) {
  const say = useWords(optionWords)
  const nameOf = usePartyNames(proposal)
  const language = say.language === 'zh' ? 'zh' : 'en'
  if (proposal.rules.length === 0) return null
  const byPack = Map.groupBy(proposal.rules, ({ pack }) => pack.id)
  return (
    <Section title={say('rules')}>
      {[...byPack].map(([id, rows]) => {
        const { pack, lead } = rows[0]!
        const fitter = proposal.members.find((member) => member.id === lead && member.role !== 'lead')
        const ordered = [...rows].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
        return (
          <div key={id}>
            <h3>{say('rulesOf', { title: pack.title[language], version: pack.version })}</h3>
            <p className="faint">
              <PackSource title={pack.source[language]} url={pack.url} />
            </p>
            {fitter ? <p>{say('rulesLead', { name: nameOf(fitter) })}</p> : null}
            <ul className={own.rules}>
              {ordered.map((row) => (
                <RuleRow key={row.row} row={row} choices={choices} proposal={proposal} />
              ))}
            </ul>
          </div>
        )
      })}
    </Section>
  )
}

function RuleRow({ row, choices, proposal }: { row: RuleState; choices: Choices; proposal: Proposal }) {
  const say = useWords(optionWords)
  const format = useFormat()
  const language = say.language === 'zh' ? 'zh' : 'en'
  const key = `${row.pack.id}:${row.row}`
  const waived = choices.options.waived ?? []
  const isWaived = waived.includes(key)
  const figures = useFigures(row)
  const missing = row.missing.map(({ fact, of }) =>
    of.length ? say('missingOf', { fact: fact[language], count: of.length }) : fact[language],
  )
  return (
    <li>
      <Badge tone={row.waived ? 'plain' : VERDICT_TONES[row.verdict]}>
        {row.waived ? say('verdict.waived') : say(`verdict.${row.verdict}`)}
      </Badge>
      <div>
        <p>{row.words[language]}</p>
        {figures ? <p className="soft figures">{figures}</p> : null}
        {row.verdict === 'unknown' && row.why ? (
          <p className="soft">{say(`why.${row.why}`, { facts: format.list(missing) })}</p>
        ) : null}
        <RuleYears row={row} proposal={proposal} />
        <p className="faint">{say('sourceOf', { source: row.source })}</p>
      </div>
      {row.verdict === 'met' && !isWaived ? (
        <span />
      ) : (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className="unprinted"
          onClick={() => choices.change({ waived: isWaived ? waived.filter((one) => one !== key) : [...waived, key] })}
        >
          {say(isWaived ? 'unwaive' : 'waive')}
        </Button>
      )}
    </li>
  )
}

/** What the team has and what is asked, where both are figures. */
function useFigures({ have, need, compare, unit }: RuleState): string | null {
  const say = useWords(optionWords)
  const format = useFormat()
  const known = COMPARES.find((one) => one === compare)
  if (typeof need !== 'number' || !known) return null
  const told = {
    compare: say(`compare.${known}`),
    need: format.number(need),
    unit: unit[say.language === 'zh' ? 'zh' : 'en'],
  }
  return typeof have === 'number' ? say('have', { ...told, have: format.number(have) }) : say('needOnly', told)
}
