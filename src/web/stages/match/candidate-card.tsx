import { Button, Checkbox, Tooltip } from '@mantine/core'
import type { Candidate, MatchBoard, Reason } from '#stages/match/model.ts'
import { useFormat } from '../../lib/format.ts'
import type { Refusal } from '../../lib/refusal.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, KindBadge, TrlBadge } from '../../ui/badges.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ScoreBar } from '../../ui/score-bar.tsx'
import { Figure } from '../../ui/why/figure.tsx'
import { useWhy } from '../../ui/why/why-panel.tsx'
import { placeOfKind } from '../registry/kinds.ts'
import { registryWords } from '../registry/words.ts'
import { answerWords } from './answer-words.ts'
import { type Answer, type Said, useSaidWords } from './answers.ts'
import { Evidence, useEvidenceTitle } from './evidence.tsx'
import classes from './match.module.css'
import { useName, usePlace } from './names.ts'
import { candidateKey, isCovered, POINTS, scoreKey, useReasons } from './reasons.ts'
import { CoverStrip } from './strip.tsx'
import { matchWords } from './words.ts'

const REASONS_SHOWN = 3
const RAISES_ON_CARD = 2

export interface CandidateCardProps {
  board: MatchBoard
  candidate: Candidate
  rank: number
  /** What either side has said of it. */
  said: readonly Said[]
  /** Absent where nothing can be said of it now. */
  onAnswer?: (answer: Answer) => void
  /** Takes back what the need's side has said of it. */
  onTakeBack?: () => void
  isAnswering?: boolean
  /** What went wrong with its last answer. */
  refusal?: Refusal | null
  isChosen: boolean
  /** Chooses it for the comparison side by side, or drops it. */
  onChoose: () => void
}

/** One candidate: who, how well it fits and why, one doubt, and what was said. */
export function CandidateCard({
  board,
  candidate,
  rank,
  said,
  onAnswer,
  onTakeBack,
  isAnswering = false,
  refusal = null,
  isChosen,
  onChoose,
}: CandidateCardProps) {
  const say = useWords(matchWords)
  const name = useName()
  const { doubt } = useReasons(board)
  const sayAnswer = useWords(answerWords)
  const saidWords = useSaidWords()
  const { kind, id } = candidate
  const title = name(candidate)
  const worry = doubt(candidate)
  return (
    <li className={classes.card} data-card={candidateKey(candidate)} data-chosen={isChosen || undefined}>
      <header className={classes.cardHead}>
        <div className={classes.naming}>
          <h3>
            <span className={classes.rank} aria-hidden>
              {rank}
            </span>
            <span className="unseen">{say('rank', { rank })} </span>
            <Go to={kind === 'result' ? `/results/${id}` : `/organisations/${id}`} quiet>
              {title}
            </Go>
          </h3>
          <Whereabouts candidate={candidate} />
        </div>
        <Score board={board} candidate={candidate} title={title} />
      </header>
      <Newcomer board={board} candidate={candidate} />
      <Shape board={board} candidate={candidate} />
      <Reasons board={board} candidate={candidate} />
      {worry ? (
        <p className={classes.doubt}>
          <Icon name="warning" size={16} />
          <span>{worry}</span>
        </p>
      ) : null}
      <footer className={classes.cardFoot}>
        {onAnswer ? (
          <div className={`${classes.buttons} unprinted`}>
            {(['interest', 'later', 'refusal'] as const).map((answer) => (
              <Button
                key={answer}
                size="compact-sm"
                variant={answer === 'interest' ? 'light' : answer === 'later' ? 'subtle' : 'default'}
                {...(answer === 'later' ? { color: 'gray' } : {})}
                // A button that is disabled would lose the focus.
                aria-disabled={isAnswering || undefined}
                {...(isAnswering ? { 'data-disabled': true } : {})}
                onClick={() => onAnswer(answer)}
              >
                {say(answer === 'refusal' ? 'refuse' : answer)}
              </Button>
            ))}
          </div>
        ) : null}
        <Checkbox
          size="xs"
          className="unprinted"
          checked={isChosen}
          onChange={onChoose}
          label={say('compareShow')}
          aria-label={say('choose', { name: title })}
        />
        <ul className={classes.said}>
          {said.map((one) => (
            <li key={one.id} data-answer={one.answer}>
              {saidWords(one)}
              {one.note ? <span className="faint"> {one.note}</span> : null}
              {onTakeBack && one.side === 'need' ? (
                <Button variant="subtle" color="gray" size="compact-xs" className="unprinted" onClick={onTakeBack}>
                  {sayAnswer('takeBack')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        <ErrorNote error={refusal} />
      </footer>
    </li>
  )
}

function Whereabouts({ candidate: { kind, organisation, newcomer } }: { candidate: Candidate }) {
  const say = useWords(matchWords)
  const kinds = useWords(registryWords)
  const name = useName()
  const place = usePlace()
  return (
    <p className={classes.where}>
      {kind === 'result' ? (
        <span>
          {say.rich('owner', {
            owner: (
              <Go key="owner" to={`/organisations/${organisation.id}`}>
                {name(organisation)}
              </Go>
            ),
          })}
        </span>
      ) : null}
      <KindBadge place={placeOfKind(organisation.kind)}>{kinds(`kind.${organisation.kind}`)}</KindBadge>
      {newcomer ? (
        <Tooltip label={say('newcomerTell')} events={{ hover: true, focus: false, touch: true }}>
          <span>
            <Badge tone="quiet">{say('newcomer')}</Badge>
            <span className="unseen"> {say('newcomerTell')}</span>
          </span>
        </Tooltip>
      ) : null}
      <span>{place(organisation)}</span>
    </p>
  )
}

/** Both scores; the one that the board is ordered by stands first and large. */
function Score({ board, candidate, title }: { board: MatchBoard; candidate: Candidate; title: string }) {
  const say = useWords(matchWords)
  const format = useFormat()
  const points = (share: number) => format.number(share * POINTS, 0)
  const [first, second] = board.order === 'merit' ? (['merit', 'score'] as const) : (['score', 'merit'] as const)
  const word = { score: say('withHistory'), merit: say('merit') }
  return (
    <div className={classes.score}>
      <Figure
        why={scoreKey(candidate)}
        label={say('scoreOf', { name: title, score: points(candidate.score), merit: points(candidate.merit) })}
      >
        <span className={classes.firstWord}>{word[first]}</span> <b>{points(candidate[first])}</b>
      </Figure>
      <ScoreBar score={candidate[first]} />
      <span className={`${classes.secondScore} figures`} aria-hidden>
        {word[second]} {points(candidate[second])}
      </span>
    </div>
  )
}

/** That it is new to the sponsors, that it stands higher by the officer's choice, and what would raise it. */
function Newcomer({ board, candidate }: { board: MatchBoard; candidate: Candidate }) {
  const say = useWords(matchWords)
  const { raise } = useReasons(board)
  const { lifted, newcomer, raises } = candidate
  if (!lifted && !(newcomer && raises.length)) return null
  return (
    <div className={classes.newcomer}>
      {lifted ? <p className={classes.lifted}>{say(`lifted.${lifted.by}`, { from: lifted.from })}</p> : null}
      {newcomer && raises.length ? (
        <p className="soft">
          {say('raiseHead')}
          {say.language === 'zh' ? '：' : ': '}
          {raises
            .slice(0, RAISES_ON_CARD)
            .map(raise)
            .join(say.language === 'zh' ? '；' : '; ')}
        </p>
      ) : null}
    </div>
  )
}

function Shape({ board, candidate }: { board: MatchBoard; candidate: Candidate }) {
  const say = useWords(matchWords)
  const name = useName()
  const levels = new Map(candidate.cells.map(({ capability, level }) => [capability, level]))
  const covered = board.capabilities.filter(({ id }) => isCovered(candidate, id)).length
  const of = board.capabilities.length
  return (
    <p className={classes.shape}>
      <CoverStrip
        label={say('strip', { count: of, covered })}
        cells={board.capabilities.map((capability) => ({
          key: capability.id,
          name: name(capability),
          level: levels.get(capability.id) ?? 0,
        }))}
      />
      <span className="soft figures">{say('covers', { count: covered, of })}</span>
      {candidate.trl === null ? null : <TrlBadge level={candidate.trl} />}
    </p>
  )
}

/** The weightiest reasons with their words; evidence that was quoted before is named and not quoted again. */
function Reasons({ board, candidate }: { board: MatchBoard; candidate: Candidate }) {
  const say = useWords(matchWords)
  const { reason, standing } = useReasons(board)
  const titleOf = useEvidenceTitle()
  const { show } = useWhy()
  const shown = candidate.reasons.slice(0, REASONS_SHOWN)
  const rest = candidate.reasons.slice(REASONS_SHOWN)
  const isQuotedBefore = (one: Reason, at: number) =>
    shown
      .slice(0, at)
      .some(({ evidence }) => evidence?.kind === one.evidence?.kind && evidence?.id === one.evidence?.id)
  return (
    <ul className={classes.reasons}>
      {shown.map((one, at) => (
        <li key={`${one.kind}:${one.capability ?? ''}`}>
          <p>{reason(candidate, one)}</p>
          {one.kind === 'covers' && standing(one) ? <p className={classes.standing}>{standing(one)}</p> : null}
          {!one.evidence ? null : isQuotedBefore(one, at) ? (
            <p className="faint">{say('sameEvidence', { title: titleOf(one.evidence) })}</p>
          ) : (
            <Evidence quote={one.evidence} />
          )}
        </li>
      ))}
      {rest.length ? (
        <li>
          <Tooltip
            label={rest.map((one) => reason(candidate, one)).join(say.language === 'zh' ? '；' : '; ')}
            multiline
            maw={420}
          >
            <button type="button" className={classes.moreReasons} onClick={() => show(scoreKey(candidate))}>
              {say('moreReasons', { count: rest.length })}
            </button>
          </Tooltip>
        </li>
      ) : null}
    </ul>
  )
}
