import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { type Candidate, type MatchBoard, ORDERS } from '#stages/match/model.ts'
import { needsApi } from '#stages/needs/api.ts'
import type { Need } from '#stages/needs/model.ts'
import { useAddress, useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { DetailPage } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote, Note } from '../../ui/error-note.tsx'
import { WhyPanel } from '../../ui/why/why-panel.tsx'
import { NeedTabs } from '../needs/need-tabs.tsx'
import { NeedStateBadge } from '../needs/state.tsx'
import { needWords } from '../needs/words.ts'
import { Candidates } from './candidates.tsx'
import { useCellWhy } from './cell.tsx'
import { useChosen } from './chosen.ts'
import { ChosenBar, Comparison } from './comparison.tsx'
import { Coverage } from './coverage-table.tsx'
import { partsInPoints, useScoreWhy } from './explain-score.tsx'
import classes from './match.module.css'
import { AboutMeaning, MeaningNote } from './meaning.tsx'
import { useName } from './names.ts'
import { candidateKey, POINTS } from './reasons.ts'
import { useBoard } from './use-board.ts'
import { matchWords } from './words.ts'

/** The match of a need: who fits, how well, and why. */
export function Match() {
  const { need: id } = useParams({ strict: false }) as { need: string }
  const { data: need, error, refetch } = useRead(needsApi.need, { params: { need: id }, keep: true })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return need ? <MatchOf need={need} /> : <Skeleton height={320} />
}

function MatchOf({ need }: { need: Need }) {
  const say = useWords(matchWords)
  const sayNeed = useWords(needWords)
  const text = useText()
  const go = useGo()
  const { search } = useAddress()
  const order = ORDERS.find((one) => one === search.order)
  const { data: board, error, isPending, isFetching, refetch } = useBoard(need.id, order)
  const hasCandidates = Boolean(board?.candidates.length)
  return (
    <>
      <DetailPage
        title={text(need.title)}
        badges={<NeedStateBadge state={need.state} />}
        answer={
          board ? (
            board.capabilities.length ? (
              <Lead board={board} />
            ) : null
          ) : isPending && !error ? (
            say('ranking')
          ) : null
        }
        moreActions={
          <Button variant="default" loading={isFetching && !isPending} onClick={() => void refetch()}>
            {say('again')}
          </Button>
        }
        action={
          hasCandidates ? <Button onClick={() => go(`/needs/${need.id}/compose`)}>{sayNeed('propose')}</Button> : null
        }
      >
        <NeedTabs need={need.id} />
        <ErrorNote error={error} retry={() => void refetch()} />
        {isPending && !error ? <Waiting /> : null}
        {board ? <Board board={board} need={need} /> : null}
      </DetailPage>
      {board ? <Reasoned board={board} need={need.id} /> : null}
    </>
  )
}

function Lead({ board }: { board: MatchBoard }) {
  const say = useWords(matchWords)
  const format = useFormat()
  const name = useName()
  const { organisations, results } = board.looked
  const counts = { organisations: format.number(organisations), results: format.number(results) }
  const best = board.candidates.find(({ kind }) => kind === 'organisation') ?? board.candidates[0]
  return <>{best ? say('lead', { ...counts, best: name(best) }) : say('leadNone', counts)}</>
}

function Waiting() {
  return (
    <div className={classes.waiting} aria-hidden>
      <Skeleton height={220} />
      <Skeleton height={180} />
      <Skeleton height={180} />
    </div>
  )
}

/** Stands in the panel at the right: a score with its parts, or a cell with its evidence. */
function Reasoned({ board, need }: { board: MatchBoard; need: string }) {
  const score = useScoreWhy(board)
  const cell = useCellWhy(need)
  return <WhyPanel explain={(key) => (key.startsWith('score:') ? score(key) : cell(key))} />
}

function Board({ board, need }: { board: MatchBoard; need: Need }) {
  const say = useWords(matchWords)
  const { search, set } = useAddress()
  const { chosen } = useChosen()
  if (!board.capabilities.length) return <WithoutCapabilities need={need} />
  if (!board.candidates.length) return <WithoutCandidates need={need} />
  const sideBySide = chosen.flatMap((key) => board.candidates.find((one) => candidateKey(one) === key) ?? [])
  const isSide = sideBySide.length > 1 && search.side === 'on'
  const kind = search.show === 'results' ? 'result' : 'organisation'
  const count = (of: Candidate['kind']) => board.candidates.filter((candidate) => candidate.kind === of).length
  return (
    <>
      <MeaningNote board={board} />
      {board.withText ? null : <Note tone="look">{say('withoutText')}</Note>}
      <Coverage board={board} />
      <div className={classes.columns} data-wide={isSide || undefined}>
        <section className={classes.main} aria-label={say('candidates')}>
          <header className={classes.listHead}>
            <h2>{say('candidates')}</h2>
            <SegmentedControl
              size="xs"
              className="unprinted"
              aria-label={say('order')}
              value={board.order}
              onChange={(value) => set({ order: value })}
              data={[
                { value: 'score', label: say('withHistory') },
                { value: 'merit', label: say('merit') },
              ]}
            />
            <SegmentedControl
              size="xs"
              className="unprinted"
              aria-label={say('show')}
              value={kind}
              onChange={(value) => set({ show: value === 'result' ? 'results' : undefined })}
              data={[
                { value: 'organisation', label: `${say('organisations')} ${count('organisation')}` },
                { value: 'result', label: `${say('results')} ${count('result')}` },
              ]}
            />
          </header>
          {isSide ? (
            <Comparison board={board} candidates={sideBySide} />
          ) : (
            <Candidates key={kind} board={board} need={need} kind={kind} />
          )}
          <ChosenBar chosen={sideBySide} />
        </section>
        <About board={board} />
      </div>
    </>
  )
}

function About({ board }: { board: MatchBoard }) {
  const say = useWords(matchWords)
  const format = useFormat()
  const { organisations, results, texts } = board.looked
  const keys = [
    ['j k', 'key.jk'],
    ['Enter', 'key.enter'],
    ['i', 'key.i'],
    ['r', 'key.r'],
    ['l', 'key.l'],
    ['u', 'key.u'],
    ['c', 'key.c'],
  ] as const
  return (
    <aside className={classes.about}>
      <h2>{say('about')}</h2>
      <p>
        {say(
          'aboutText',
          partsInPoints((share) => format.number(share * POINTS, 0)),
        )}
      </p>
      <p className="soft">
        {say('looked', {
          organisations: format.number(organisations),
          results: format.number(results),
          texts: format.number(texts),
        })}{' '}
        {say('notMe')}
      </p>
      <p className="soft">{say('orderTell')}</p>
      <AboutMeaning board={board} />
      {board.fairness.newcomerSeats ? <p>{say('fairSeats', { count: board.fairness.newcomerSeats })}</p> : null}
      {board.fairness.exposureBound === null ? null : (
        <p>{say('fairBound', { bound: format.number(board.fairness.exposureBound) })}</p>
      )}
      <div className={`${classes.keyHelp} unprinted`}>
        <h3>{say('keys')}</h3>
        <dl className={classes.keys}>
          {keys.map(([key, word]) => (
            <div key={word}>
              <dt>
                {key.split(' ').map((one) => (
                  <kbd key={one}>{one}</kbd>
                ))}
              </dt>
              <dd>{say(word)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </aside>
  )
}

function WithoutCapabilities({ need }: { need: Need }) {
  const say = useWords(matchWords)
  const go = useGo()
  return (
    <Empty
      title={say('noneTitle')}
      action={need.mayChange ? <Button onClick={() => go(`/needs/${need.id}/edit`)}>{say('editNeed')}</Button> : null}
    >
      {say('noCapabilities')}
    </Empty>
  )
}

function WithoutCandidates({ need }: { need: Need }) {
  const say = useWords(matchWords)
  const go = useGo()
  const steps = ['noneImport', 'noneResults', 'noneLanguages'] as const
  return (
    <Empty
      title={say('noneTitle')}
      action={
        <>
          <Button onClick={() => go('/imports')}>{say('importLedger')}</Button>
          {need.mayChange ? (
            <Button variant="default" onClick={() => go(`/needs/${need.id}/edit`)}>
              {say('editNeed')}
            </Button>
          ) : null}
        </>
      }
    >
      <p>{say('noneText')}</p>
      <ul className={classes.steps}>
        {steps.map((step) => (
          <li key={step}>{say(step)}</li>
        ))}
      </ul>
    </Empty>
  )
}
