import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Candidate, MatchBoard } from '#stages/match/model.ts'
import type { Need } from '#stages/needs/model.ts'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { usePageKeys } from '../../ui/keys.ts'
import { type Answer, type AnswerTo, saidBy, useAnswering } from './answers.ts'
import { CandidateCard } from './candidate-card.tsx'
import classes from './match.module.css'
import { useName } from './names.ts'
import { candidateKey } from './reasons.ts'
import { RefuseDialog } from './refuse-dialog.tsx'
import { matchWords } from './words.ts'

const SHOWN_AT_FIRST = 10
const SHOWN_MORE = 20
const SIDES = ['need', 'offer'] as const

/** The ranked column: j and k move along it, Enter opens the score, i says interest and r declines. */
export function Candidates({ board, need, kind }: { board: MatchBoard; need: Need; kind: Candidate['kind'] }) {
  const say = useWords(matchWords)
  const name = useName()
  const column = useRef<HTMLOListElement>(null)
  const [most, setMost] = useState(SHOWN_AT_FIRST)
  const [refusing, refuse] = useState<Candidate | null>(null)
  const answering = useAnswering()
  const all = board.candidates.filter((candidate) => candidate.kind === kind)
  const shown = all.slice(0, most)
  const mayAnswer = need.state === 'open' || need.state === 'matched'

  const addressOf = (candidate: Candidate): Omit<AnswerTo, 'before'> => ({
    need: need.id,
    side: 'need',
    organisationId: candidate.organisation.id,
    resultId: candidate.kind === 'result' ? candidate.id : null,
  })
  const to = (candidate: Candidate): AnswerTo => ({
    ...addressOf(candidate),
    before: saidBy(board.responses, addressOf(candidate)),
  })
  const answer = (candidate: Candidate, said: Answer) => {
    answering.clear()
    if (said === 'refusal') refuse(candidate)
    else void answering.answer(to(candidate), { answer: said }).catch(() => undefined)
  }

  const cards = () => [...(column.current?.querySelectorAll<HTMLElement>('[data-card]') ?? [])]
  const move = (by: 1 | -1) => {
    const all = cards()
    const at = all.findIndex((card) => card.contains(document.activeElement))
    const next = at < 0 ? all[0] : all[Math.min(all.length - 1, Math.max(0, at + by))]
    next?.querySelector<HTMLElement>('[data-why]')?.focus()
    next?.scrollIntoView({ block: 'nearest' })
    return Boolean(next)
  }
  const answerHere = (said: Answer) => {
    const here = cards().find((card) => card.contains(document.activeElement))?.dataset.card
    const candidate = shown.find((one) => candidateKey(one) === here)
    if (!candidate || !mayAnswer) return false
    answer(candidate, said)
    return true
  }
  usePageKeys({
    j: () => move(1),
    k: () => move(-1),
    i: () => answerHere('interest'),
    r: () => answerHere('refusal'),
  })

  return (
    <>
      {mayAnswer ? null : <p className="soft">{say('notOpen')}</p>}
      {refusing ? null : <ErrorNote error={answering.refusal} />}
      <ol ref={column} className={classes.cards}>
        {shown.map((candidate, at) => (
          <CandidateCard
            key={candidateKey(candidate)}
            board={board}
            candidate={candidate}
            rank={at + 1}
            said={SIDES.flatMap((side) => saidBy(board.responses, { ...addressOf(candidate), side }) ?? [])}
            isAnswering={answering.isRunning}
            {...(mayAnswer ? { onAnswer: (said: Answer) => answer(candidate, said) } : {})}
          />
        ))}
      </ol>
      {all.length > shown.length ? (
        <p className={`${classes.more} unprinted`}>
          <span className="soft figures">{say('shownOf', { shown: shown.length, total: all.length })}</span>
          <Button variant="default" size="compact-md" onClick={() => setMost(most + SHOWN_MORE)}>
            {say('more')}
          </Button>
        </p>
      ) : null}
      {refusing ? (
        <RefuseDialog
          title={say('refuseTitle', { name: name(refusing) })}
          close={() => refuse(null)}
          refuse={(code, note) => answering.answer(to(refusing), { answer: 'refusal', code, note })}
          isRunning={answering.isRunning}
          refusal={answering.refusal}
        />
      ) : null}
    </>
  )
}
