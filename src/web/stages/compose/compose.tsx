import { Button, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import type { Proposal } from '#stages/compose/model.ts'
import { needsApi } from '#stages/needs/api.ts'
import type { Need } from '#stages/needs/model.ts'
import { useAddress, useGo } from '../../lib/address.ts'
import { useRead } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { DetailPage } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote, Note } from '../../ui/error-note.tsx'
import { WorkProgress } from '../../ui/work-progress.tsx'
import { useCellWhy } from '../match/cell.tsx'
import { matchWords } from '../match/words.ts'
import { NeedTabs } from '../needs/need-tabs.tsx'
import { NeedStateBadge } from '../needs/state.tsx'
import { Actions, SaveButton } from './actions.tsx'
import { ProposalBody } from './body.tsx'
import classes from './compose.module.css'
import { ReasonedProposal } from './explain.tsx'
import { usePartyNames } from './parties.ts'
import { useSentences } from './sentences.ts'
import { type Composer, useComposer } from './use-composer.ts'
import { composeWords } from './words.ts'

const VERSIONS_SHOWN_MAX = 50
const STEPS = ['compose.matching', 'compose.solving', 'compose.explaining', 'compose.keeping'] as const

/** The composer of a need: the proposed consortium, why it is so, and what can be changed about it. */
export function Compose() {
  const { need: id } = useParams({ strict: false }) as { need: string }
  const { data: need, error, refetch } = useRead(needsApi.need, { params: { need: id }, keep: true })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return need ? <ComposeFor need={need} /> : <Skeleton height={320} />
}

function ComposeFor({ need }: { need: Need }) {
  const say = useWords(composeWords)
  const text = useText()
  const { search, set } = useAddress()
  const versions = useRead(composeApi.proposals, {
    params: { need: need.id },
    query: { size: VERSIONS_SHOWN_MAX },
    keep: true,
  })
  const rows = versions.data?.rows
  const version = search.version ?? rows?.[0]?.id
  const shown = useRead(composeApi.proposal, {
    params: { proposal: version ?? '' },
    enabled: version !== undefined,
    keep: true,
  })
  const composer = useComposer(need.id, (proposalId) => set({ version: proposalId }))
  useFirstProposal(composer, need, rows?.length === 0)
  const proposal = version === undefined ? undefined : shown.data
  const isFirst = !proposal && composer.isSolving
  return (
    <>
      <DetailPage
        title={text(need.title)}
        badges={<NeedStateBadge state={need.state} />}
        answer={proposal ? <Line proposal={proposal} /> : isFirst ? say('solvingTell') : null}
        moreActions={
          proposal ? (
            <Actions
              proposal={proposal}
              versions={rows ?? []}
              count={versions.data?.total ?? 0}
              leave={composer.leave}
            />
          ) : null
        }
        action={proposal ? <SaveButton proposal={proposal} /> : null}
      >
        <NeedTabs need={need.id} />
        <ErrorNote error={versions.error ?? shown.error} />
        {need.capabilities.length === 0 ? <WithoutCapabilities need={need} /> : null}
        <Progress composer={composer} />
        {composer.isStopped && !composer.isSolving ? (
          <Note tone="look">
            {say(proposal ? 'stoppedBefore' : 'stopped')}{' '}
            <Button size="compact-sm" variant="default" onClick={composer.again}>
              {say('composeAgain')}
            </Button>
          </Note>
        ) : null}
        {proposal?.stale && !composer.isSolving && !composer.isStopped ? (
          <Note tone="look">
            {say('stale')}{' '}
            <Button size="compact-sm" variant="default" onClick={() => composer.solve(proposal.options)}>
              {say('composeAgain')}
            </Button>
          </Note>
        ) : null}
        {proposal ? <ProposalBody proposal={proposal} composer={composer} /> : null}
        {isFirst ? <Skeleton height={360} /> : null}
      </DetailPage>
      {proposal ? <Reasoned proposal={proposal} need={need.id} /> : null}
    </>
  )
}

/** Whoever opens a need's composer for the first time is shown a team and not an empty page. */
function useFirstProposal({ solve, isSolving, refusal }: Composer, need: Need, hasNone: boolean) {
  const asked = useRef(false)
  const may = hasNone && !isSolving && !refusal && need.capabilities.length > 0
  useEffect(() => {
    if (!may || asked.current) return
    asked.current = true
    solve({})
  }, [may, solve])
}

function Line({ proposal }: { proposal: Proposal }) {
  const { line } = useSentences(proposal, usePartyNames(proposal))
  return (
    <>
      {line({
        ...proposal,
        hasBudget: proposal.conditions.budget !== null,
        conflict: proposal.conflict?.conditions ?? null,
      })}
    </>
  )
}

function Progress({ composer }: { composer: Composer }) {
  const say = useWords(composeWords)
  const doing = (key: string) => {
    const step = STEPS.find((one) => one === key)
    return step ? say(step) : say('solving')
  }
  return (
    <>
      <ErrorNote error={composer.refusal} retry={composer.again} />
      {composer.workId ? (
        <WorkProgress
          key={composer.workId}
          id={composer.workId}
          title={say('solving')}
          doing={doing}
          onDone={({ output }) => composer.onWorkDone((output as { proposalId: string }).proposalId)}
        />
      ) : (
        <div className={classes.solving} data-on={composer.isSolving || undefined} role="status">
          {composer.isSolving ? (
            <>
              <span className={classes.solvingBar} aria-hidden />
              <span>{say('solving')}</span>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={composer.stop}>
                {say('stop')}
              </Button>
            </>
          ) : null}
        </div>
      )}
    </>
  )
}

function WithoutCapabilities({ need }: { need: Need }) {
  const say = useWords(matchWords)
  const go = useGo()
  return (
    <Empty
      title={say('noCapabilities')}
      action={need.mayChange ? <Button onClick={() => go(`/needs/${need.id}/edit`)}>{say('editNeed')}</Button> : null}
    />
  )
}

function Reasoned({ proposal, need }: { proposal: Proposal; need: string }) {
  return <ReasonedProposal proposal={proposal} cell={useCellWhy(need)} />
}
