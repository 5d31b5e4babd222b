import type { ReactNode } from 'react'
import type { Party, Proposal, WeightsSet } from '#stages/compose/model.ts'
import type { Level } from '#stages/match/model.ts'
import { sameValue } from '../../lib/compare.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { HeatTable } from '../../ui/chart/heat-table.tsx'
import { Go } from '../../ui/go.tsx'
import { CapabilityHead } from '../match/capability-head.tsx'
import { cellText } from '../match/cell.tsx'
import { coverWords } from '../match/cover-words.ts'
import { useName } from '../match/names.ts'
import classes from './comparison.module.css'
import { comparisonWords } from './comparison-words.ts'
import { sentenceWords } from './sentence-words.ts'

const LEVELS = 3

/** One of several teams that are laid side by side. */
export interface ComparedTeam {
  key: string
  title: string
  /** Points; null where there is no team. */
  objective: number | null
  /** By which weights points are counted; those of different ones say nothing of each other. */
  weights?: WeightsSet
  members: readonly Party[]
  coverage: readonly { capability: string; level: Level }[]
  /** What is told under the members, such as what each difference is worth. */
  tell?: ReactNode
  action?: ReactNode
}

/** Teams side by side: what each is worth, who stays, comes and goes beside the first, and what each covers. */
export function TeamComparison({
  capabilities,
  teams,
}: {
  capabilities: Proposal['capabilities']
  teams: readonly ComparedTeam[]
}) {
  const say = useWords(comparisonWords)
  const sentences = useWords(sentenceWords)
  const cover = useWords(coverWords)
  const name = useName()
  const [first] = teams
  if (!first) return null
  return (
    <>
      <ol className={classes.teams}>
        {teams.map((team) => (
          <TeamCard key={team.key} team={team} first={first} />
        ))}
      </ol>
      <HeatTable
        label={say('coverageOf')}
        corner={sentences('corner')}
        levels={LEVELS}
        dense
        rows={capabilities.map((capability) => ({
          key: capability.id,
          head: <CapabilityHead capability={capability} />,
        }))}
        columns={teams.map(({ key, title }) => ({ key, head: title }))}
        cell={(capabilityId, key) => {
          const capability = capabilities.find(({ id }) => id === capabilityId)
          const level = teams
            .find((team) => team.key === key)
            ?.coverage.find((one) => one.capability === capabilityId)?.level
          if (!capability || level === undefined) return undefined
          return {
            level,
            text: cellText(level, null),
            label: `${name(capability)}: ${level} (${cover(`level.${level}`)})`,
            gap: level < capability.levelWanted,
          }
        }}
      />
    </>
  )
}

function TeamCard({ team, first }: { team: ComparedTeam; first: ComparedTeam }) {
  const say = useWords(comparisonWords)
  const sentences = useWords(sentenceWords)
  const format = useFormat()
  const had = new Set(first.members.map(({ id }) => id))
  const has = new Set(team.members.map(({ id }) => id))
  const leaving = first.members.filter(({ id }) => !has.has(id))
  const place = new Map(first.members.map(({ id }, at) => [id, at]))
  const members = [...team.members].sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || 0)
  const isAlike = sameValue(team.weights, first.weights)
  const less = team === first || team.objective === null || !isAlike ? 0 : (first.objective ?? 0) - team.objective
  return (
    <li className={classes.team} data-first={team === first || undefined}>
      <h3>{team.title}</h3>
      <p className={classes.worth}>
        <span className="figures">
          {team.objective === null ? '—' : say('points', { points: format.number(team.objective, 0) })}
        </span>
        {less === 0 ? null : (
          <span className="soft figures">
            {say(less > 0 ? 'less' : 'more', { points: format.number(Math.abs(less), 0) })}
          </span>
        )}
        <span className="faint">{sentences('members', { count: team.members.length })}</span>
      </p>
      <ul className={classes.members}>
        {members.map((party) => (
          <PartyLine key={party.id} party={party} mark={team === first || had.has(party.id) ? 'stays' : 'comes'} />
        ))}
        {leaving.map((party) => (
          <PartyLine key={party.id} party={party} mark="goes" />
        ))}
      </ul>
      {team.tell}
      {team.action ? <div className={`${classes.action} unprinted`}>{team.action}</div> : null}
    </li>
  )
}

function PartyLine({ party, mark }: { party: Party; mark: 'stays' | 'comes' | 'goes' }) {
  const say = useWords(comparisonWords)
  const name = useName()
  return (
    <li data-mark={mark}>
      <span className={classes.sign} aria-hidden>
        {mark === 'comes' ? '+' : mark === 'goes' ? '−' : ''}
      </span>
      <Go to={`/organisations/${party.id}`} quiet>
        {name(party)}
      </Go>
      {mark === 'stays' ? null : <span className="unseen">{say(mark)}</span>}
    </li>
  )
}
