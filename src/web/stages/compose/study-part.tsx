import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { composeApi } from '#stages/compose/api.ts'
import type { Proposal } from '#stages/compose/model.ts'
import type { Alternative, ConditionPrice, Study } from '#stages/compose/study-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { isOpen, useWorkOf, WorkProgress } from '../../ui/work-progress.tsx'
import { useName } from '../match/names.ts'
import { useChangeWords } from './changes.ts'
import classes from './comparison.module.css'
import { type ComparedTeam, TeamComparison } from './comparison.tsx'
import { comparisonWords } from './comparison-words.ts'
import { sentenceWords } from './sentence-words.ts'
import type { Composer } from './use-composer.ts'

const STUDY_WORK = 'study'
const STEPS = ['compose.comparing', 'compose.pricing', 'compose.keeping'] as const

/** Other teams beside the proposal, and what each condition costs; worked out when it is asked for, and kept. */
export function StudyPart({ proposal, solve }: { proposal: Proposal; solve: Composer['solve'] }) {
  const say = useWords(comparisonWords)
  const client = useQueryClient()
  const { data, error, refetch } = useRead(composeApi.study, { params: { proposal: proposal.id } })
  const run = useWrite(composeApi.studyProposal)
  const running = useWorkOf(STUDY_WORK, proposal.id)
  const study = data?.study
  const workId = running && isOpen(running) ? running.id : null
  const doing = (key: string) => {
    const step = STEPS.find((one) => one === key)
    return step ? say(step) : say('studying')
  }
  return (
    <Section title={say('study')}>
      <ErrorNote error={error ?? run.refusal} retry={() => void refetch()} />
      {study ? <Studied proposal={proposal} study={study} solve={solve} /> : null}
      {!data || study || workId ? null : (
        <>
          <p className="soft">{say('studyTell')}</p>
          <Button
            variant="default"
            className="unprinted"
            loading={run.isRunning}
            onClick={() => void run.run({ params: { proposal: proposal.id } }).catch(() => undefined)}
          >
            {say('studyRun')}
          </Button>
        </>
      )}
      {workId && !study ? (
        <WorkProgress
          id={workId}
          title={say('studying')}
          doing={doing}
          onDone={() => void client.invalidateQueries({ queryKey: [composeApi.study.path] })}
        />
      ) : null}
    </Section>
  )
}

function Studied({ proposal, study, solve }: { proposal: Proposal; study: Study; solve: Composer['solve'] }) {
  const say = useWords(comparisonWords)
  const apart = { apart: study.apartMin, percent: study.worsePercentMax }
  const { coverage } = proposal
  const own: ComparedTeam = {
    key: 'proposal',
    title: say('proposal'),
    objective: proposal.objective,
    members: proposal.members,
    coverage: coverage.map(({ id, level }) => ({ capability: id, level })),
  }
  const others = study.alternatives.map(
    (one, at): ComparedTeam => ({
      ...one,
      key: `alternative-${at}`,
      title: say('alternative', { nth: at + 1 }),
      tell: <Differences of={one} capabilities={proposal.capabilities} />,
      action: (
        <Button size="compact-sm" variant="default" onClick={() => solve(one.options)}>
          {say('take')}
        </Button>
      ),
    }),
  )
  return (
    <>
      <p className="soft">{say(others.length ? 'alternativesTell' : 'alternativesNone', apart)}</p>
      {others.length ? <TeamComparison capabilities={proposal.capabilities} teams={[own, ...others]} /> : null}
      <Prices proposal={proposal} prices={study.prices} solve={solve} />
    </>
  )
}

/** What each difference of an alternative is worth; they add up to what it is worth less. */
function Differences({ of, capabilities }: { of: Alternative; capabilities: Proposal['capabilities'] }) {
  const say = useWords(comparisonWords)
  const format = useFormat()
  const name = useName()
  if (of.differences.length === 0) return <p className="faint">{say('differencesSame')}</p>
  const nameOf = (id: string | null) => {
    const capability = capabilities.find((one) => one.id === id)
    return capability ? name(capability) : ''
  }
  return (
    <dl className={classes.differences}>
      {of.differences.flatMap(({ kind, capability, points }) => [
        <dt key={`${kind}:${capability}`}>{say(`difference.${kind}`, { name: nameOf(capability) })}</dt>,
        <dd key={`${kind}:${capability}:points`} className="figures">
          {`${points > 0 ? '+' : '−'}${format.number(Math.abs(points), 0)}`}
        </dd>,
      ])}
    </dl>
  )
}

/** Conditions by what they cost; those that cost nothing are only counted. */
function Prices({
  proposal,
  prices,
  solve,
}: {
  proposal: Proposal
  prices: readonly ConditionPrice[]
  solve: Composer['solve']
}) {
  const say = useWords(comparisonWords)
  const sentences = useWords(sentenceWords)
  const format = useFormat()
  const changeWords = useChangeWords(proposal)
  const dear = prices.filter(({ gain }) => gain === null || gain > 0)
  const most = Math.max(1, ...dear.map(({ gain }) => gain ?? 0))
  const free = prices.length - dear.length
  return (
    <>
      <h3>{say('prices')}</h3>
      {prices.length ? null : <p className="faint">{say('pricesNone')}</p>}
      <ul className={classes.prices}>
        {dear.map(({ condition, change, gain, options }) => (
          <li key={`${condition}:${change.what}:${change.id ?? ''}:${change.to ?? ''}`}>
            <span>
              <b>{sentences(`condition.${condition}`)}</b>
              <br />
              <span className="soft">{changeWords(change, condition)}</span>
            </span>
            <span className="figures">
              {gain === null ? say('unknown') : say('gain', { points: format.number(gain, 0) })}
            </span>
            {options ? (
              <Button size="compact-sm" variant="default" className="unprinted" onClick={() => solve(options)}>
                {say('ease')}
              </Button>
            ) : (
              <span />
            )}
            {gain ? (
              <span className={classes.bar} aria-hidden>
                <span style={{ width: `${(gain / most) * 100}%` }} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {free ? <p className="faint">{dear.length ? say('pricesFree', { count: free }) : say('pricesAllFree')}</p> : null}
    </>
  )
}
