import { Button, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import type { SharedProposal } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Icon, Mark } from '../../ui/icons.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { Preferences } from '../house/preferences.tsx'
import { useName } from '../match/names.ts'
import { sentenceWords } from './sentence-words.ts'
import { useSentences } from './sentences.ts'
import classes from './shared.module.css'
import { SharedGaps, SharedTeam } from './shared-parts.tsx'
import { sharedWords } from './shared-words.ts'
import { TeamTable } from './team-table.tsx'

const HASH_SHOWN = 12

/** What a link shows to anybody who holds it: one proposal, to be read, printed and passed on. */
export function Shared() {
  const say = useWords(sharedWords)
  const { token } = useParams({ strict: false }) as { token: string }
  const { data, error, refetch } = useRead(composeApi.shared, { params: { token } })
  if (error)
    return (
      <Sheet>
        {error.code === 'not_found' ? (
          <Empty title={say('gone')}>{say('goneTell')}</Empty>
        ) : (
          <ErrorNote error={error} retry={() => void refetch()} />
        )}
      </Sheet>
    )
  return <Sheet>{data ? <Proposal proposal={data} /> : <Skeleton height={480} aria-label={say('loading')} />}</Sheet>
}

/** A page without the shell, for readers without an account. */
export function Sheet({ title, children }: { title?: string; children: ReactNode }) {
  const say = useWords(sharedWords)
  return (
    <div className={classes.sheet}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <Mark size={22} />
          <b>{title ?? say('kicker')}</b>
        </span>
        <span className={`${classes.tools} unprinted`}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<Icon name="print" size={16} />}
            onClick={() => window.print()}
          >
            {say('print')}
          </Button>
          <Preferences />
        </span>
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  )
}

function Proposal({ proposal }: { proposal: SharedProposal }) {
  const say = useWords(sharedWords)
  const sentences = useWords(sentenceWords)
  const text = useText()
  const format = useFormat()
  const name = useName()
  const title = text(proposal.needTitle)
  usePageTitle(`${say('kicker')} · ${title}`)
  const lead = proposal.members.find(({ role }) => role === 'lead')
  const count = proposal.members.length
  const summary = text(proposal.needSummary)
  const date = format.instant(proposal.at)
  return (
    <>
      <header className={classes.head}>
        <p className="soft">{say('from', { zone: text(proposal.zone.name), date })}</p>
        <h1>{title}</h1>
        {count ? (
          <p className={classes.lead}>
            {lead ? say('lead', { count, lead: name(lead) }) : say('leadNone', { count })} <Line proposal={proposal} />
          </p>
        ) : (
          <p className={classes.lead}>
            {say('infeasible')}
            {say.language === 'zh' ? '。' : '. '}
            {proposal.conflict?.length ? <Line proposal={proposal} /> : say('conflictPrivate')}
          </p>
        )}
        {proposal.zone.invented ? <Badge tone="look">{say('invented')}</Badge> : null}
      </header>
      {count ? <Figures proposal={proposal} /> : null}
      {summary ? (
        <Part title={say('need')}>
          <p className={classes.prose}>{summary}</p>
        </Part>
      ) : null}
      {count ? (
        <>
          <Part title={sentences('team')}>
            <SharedTeam proposal={proposal} />
          </Part>
          <Part title={sentences('coverage')}>
            <div className={classes.table}>
              <TeamTable capabilities={proposal.capabilities} members={proposal.members} />
              <p className="faint">{say('legend')}</p>
            </div>
          </Part>
        </>
      ) : null}
      {count || proposal.gaps.length ? (
        <Part title={sentences('gaps')}>
          <SharedGaps proposal={proposal} />
        </Part>
      ) : null}
      <Part title={say('howTitle')}>
        <p>
          {say('how')} {proposal.solved.provenBest ? say('proven') : ''}
        </p>
        <p className="faint">
          {sentences('method', {
            engine: proposal.engine,
            seed: proposal.seed,
            hash: proposal.inputsHash.slice(0, HASH_SHOWN),
          })}
        </p>
      </Part>
      <footer className={`${classes.foot} faint`}>
        <span>{say('made')}</span>
        <span>{say('until', { when: format.instant(proposal.expiresAt) })}</span>
      </footer>
    </>
  )
}

function Line({ proposal }: { proposal: SharedProposal }) {
  const { line } = useSentences(proposal, useName())
  return <>{line({ ...proposal, hasBudget: false })}</>
}

function Figures({ proposal }: { proposal: SharedProposal }) {
  const say = useWords(sharedWords)
  const format = useFormat()
  const { solved, members, gaps } = proposal
  const figures = [
    ['figuresCoveredLabel', say('figuresCovered', { covered: solved.covered, of: solved.of })],
    ['figuresMembers', format.number(members.length)],
    ['figuresGaps', format.number(gaps.length)],
    ['figuresCandidates', format.number(solved.candidates)],
  ] as const
  return (
    <dl className={classes.figures}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dd>{value}</dd>
          <dt>{say(label)}</dt>
        </div>
      ))}
    </dl>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
