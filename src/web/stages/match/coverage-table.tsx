import { useMediaQuery } from '@mantine/hooks'
import type { Candidate, Level, MatchBoard } from '#stages/match/model.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { HeatTable } from '../../ui/chart/heat-table.tsx'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Go } from '../../ui/go.tsx'
import { CapabilityHead } from './capability-head.tsx'
import { cellKey, cellLabel, cellText } from './cell.tsx'
import { coverWords } from './cover-words.ts'
import classes from './match.module.css'
import { useName } from './names.ts'
import { matchWords } from './words.ts'

const COLUMNS_MAX = 8
const LEVELS = 3

const NARROW = '(max-width: 720px)'

/** How much the candidates cover; on a narrow screen, where few columns fit, the table is folded away above the candidates. */
export function Coverage({ board }: { board: MatchBoard }) {
  const say = useWords(matchWords)
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false })
  const organisations = board.candidates.filter(({ kind }) => kind === 'organisation')
  const count = board.capabilities.filter(
    (capability) => bestOf(organisations, capability.id) >= capability.levelWanted,
  )
  const found = say('coverageFound', { count: count.length, of: board.capabilities.length })
  const table = (
    <>
      <p className="soft">{say('coverageTell')}</p>
      <CoverageTable board={board} />
    </>
  )
  if (isNarrow)
    return (
      <details className={classes.fold}>
        <summary>{found}</summary>
        {table}
      </details>
    )
  return (
    <Section title={say('coverage')}>
      <p>{found}</p>
      {table}
    </Section>
  )
}

const bestOf = (organisations: readonly Pick<Candidate, 'cells'>[], capability: string): Level =>
  Math.max(
    0,
    ...organisations.map(({ cells }) => cells.find((cell) => cell.capability === capability)?.level ?? 0),
  ) as Level

/** Capability by the foremost organisations: each cell opens to its evidence. */
function CoverageTable({ board }: { board: MatchBoard }) {
  const say = useWords(matchWords)
  const cover = useWords(coverWords)
  const name = useName()
  const organisations = board.candidates.filter(({ kind }) => kind === 'organisation')
  const shown = organisations.slice(0, COLUMNS_MAX)
  const levelOf = (id: string, capability: string) =>
    organisations.find((one) => one.id === id)?.cells.find((cell) => cell.capability === capability)
  return (
    <>
      <HeatTable
        label={say('coverageLabel')}
        corner={say('corner')}
        endHead={say('bestHead')}
        levels={LEVELS}
        rows={board.capabilities.map((capability) => {
          const best = bestOf(organisations, capability.id)
          const wanted = capability.levelWanted
          return {
            key: capability.id,
            head: <CapabilityHead capability={capability} />,
            end: best < wanted ? <Badge tone="look">{say('bestShort')}</Badge> : say('best', { best, wanted }),
          }
        })}
        columns={shown.map((candidate) => ({
          key: candidate.id,
          head: (
            <Go to={`/organisations/${candidate.id}`} quiet>
              {name(candidate)}
            </Go>
          ),
        }))}
        cell={(capabilityId, organisationId) => {
          const cell = levelOf(organisationId, capabilityId)
          const capability = board.capabilities.find(({ id }) => id === capabilityId)
          const candidate = shown.find(({ id }) => id === organisationId)
          if (!cell || !capability || !candidate) return undefined
          return {
            level: cell.level,
            text: cellText(cell.level, cell.judged),
            label: cellLabel(cover, {
              organisation: name(candidate),
              capability: name(capability),
              level: cell.level,
              judged: cell.judged,
            }),
            why: cellKey(capabilityId, organisationId),
          }
        }}
      />
      <p className={`${classes.legend} faint`}>{cover('legend')}</p>
    </>
  )
}
