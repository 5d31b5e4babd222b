import { Switch } from '@mantine/core'
import { useState } from 'react'
import type { Proposal } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { HeatTable } from '../../ui/chart/heat-table.tsx'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Go } from '../../ui/go.tsx'
import { Figure } from '../../ui/why/figure.tsx'
import { CapabilityHead } from '../match/capability-head.tsx'
import { cellKey, cellLabel, cellText } from '../match/cell.tsx'
import { coverWords } from '../match/cover-words.ts'
import { useName } from '../match/names.ts'
import classes from './compose.module.css'
import { COSTS_KEY, OBJECTIVE_KEY } from './explain.tsx'
import { sentenceWords } from './sentence-words.ts'
import { composeWords } from './words.ts'

const LEVELS = 3

/** Capability by member: rows sum to what the team reaches, gaps are hatched, every cell opens to its evidence. */
export function HeatPart({ proposal }: { proposal: Proposal }) {
  const say = useWords(composeWords)
  const sentences = useWords(sentenceWords)
  const cover = useWords(coverWords)
  const name = useName()
  const { coverage, heatMap, gaps } = proposal
  const hasTeam = proposal.members.length > 0
  const [withCandidates, show] = useState(false)
  const columns = heatMap.columns.filter(({ member }) => member || withCandidates || !hasTeam)
  const isGap = (capability: string) => gaps.some(({ id }) => id === capability)
  return (
    <Section
      title={sentences('coverage')}
      action={
        hasTeam && heatMap.columns.length > proposal.members.length ? (
          <Switch
            size="xs"
            label={say('showCandidates')}
            checked={withCandidates}
            onChange={(event) => show(event.currentTarget.checked)}
          />
        ) : null
      }
    >
      <Worth proposal={proposal} />
      <HeatTable
        label={sentences('coverageLabel')}
        corner={sentences('corner')}
        endHead={hasTeam ? sentences('reachedHead') : undefined}
        levels={LEVELS}
        dense
        rows={coverage.map((capability) => ({
          key: capability.id,
          head: <CapabilityHead capability={capability} />,
          end: isGap(capability.id) ? (
            <Badge tone="look">{sentences('gapShort')}</Badge>
          ) : (
            sentences('reached', { level: capability.level, wanted: capability.levelWanted })
          ),
        }))}
        columns={columns.map((party) => ({
          key: party.id,
          head: (
            <span className={classes.columnHead} data-member={party.member || undefined}>
              <Go to={`/organisations/${party.id}`} quiet>
                {name(party)}
              </Go>
            </span>
          ),
        }))}
        cell={(capabilityId, partyId) => {
          const at = heatMap.columns.findIndex(({ id }) => id === partyId)
          const row = heatMap.rows.find(({ capability }) => capability === capabilityId)
          const capability = coverage.find(({ id }) => id === capabilityId)
          const party = heatMap.columns[at]
          if (!row || !capability || !party) return undefined
          const level = row.levels[at] ?? 0
          const judged = row.judged[at] ?? null
          return {
            level,
            text: cellText(level, judged),
            label: cellLabel(cover, { organisation: name(party), capability: name(capability), level, judged }),
            why: cellKey(capabilityId, partyId),
            gap: isGap(capabilityId) && level < capability.levelWanted,
          }
        }}
      />
      <p className={`${classes.legend} faint`}>{cover('legend')}</p>
    </Section>
  )
}

/** What the team is worth and costs; both open to their parts. */
function Worth({ proposal: { objective, solved } }: { proposal: Proposal }) {
  const say = useWords(composeWords)
  const format = useFormat()
  if (objective === null) return null
  const points = say('score', { points: format.number(objective, 0) })
  const costs = solved.cost && say('costs', { amount: format.money(solved.cost) })
  return (
    <p className={`${classes.worth} soft`}>
      <span>{say('coveredOf', { covered: solved.covered, of: solved.of })}</span>
      <Figure why={OBJECTIVE_KEY} label={points}>
        {points}
      </Figure>
      {costs ? (
        <Figure why={COSTS_KEY} label={costs}>
          {costs}
        </Figure>
      ) : null}
    </p>
  )
}
