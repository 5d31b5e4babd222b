import { Button, Switch } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Candidate, MatchBoard, RefusalCode } from '#stages/match/model.ts'
import type { Need } from '#stages/needs/model.ts'
import { useAddress } from '../../lib/address.ts'
import { useWords } from '../../lib/words.ts'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { usePageKeys } from '../../ui/keys.ts'
import { type Answer, type AnswerTo, saidBy, useAnswering } from './answers.ts'
import { CandidateCard } from './candidate-card.tsx'
import { useChosen } from './chosen.ts'
import classes from './match.module.css'
import { useName } from './names.ts'
import { candidateKey } from './reasons.ts'
import { RefuseDialog } from './refuse-dialog.tsx'
import { matchWords } from './words.ts'

const SHOWN_AT_FIRST = 10
const SHOWN_MORE = 20
const SIDES = ['need', 'offer'] as const

/** The ranked column: j and k move along it, Enter opens the score, c chooses, i, r and l answer, u takes back. */
export function Candidates({ board, need, kind }: { board: MatchBoard; need: Need; kind: Candidate['kind'] }) {
  const say = useWords(matchWords)
  const name = useName()
  const column = useRef<HTMLOListElement>(null)
  const [most, setMost] = useState(SHOWN_AT_FIRST)
  const { search, set } = useAddress()
  const { chosen, choose } = useChosen()
  const hides = search.answered === 'hidden'
  const [refusing, refuse] = useState<Candidate | null>(null)
  /** The one answered last: what goes wrong with its answer is said on its card. */
  const [answered, setAnswered] = useState('')
  const answering = useAnswering()
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
  const isAnswered = (candidate: Candidate) => Boolean(saidBy(board.responses, addressOf(candidate)))
  const ranked = board.candidates
    .filter((candidate) => candidate.kind === kind)
    .map((candidate, at) => ({ candidate, rank: at + 1 }))
  const all = hides ? ranked.filter(({ candidate }) => !isAnswered(candidate)) : ranked
  const shown = all.slice(0, most)
  const hidden = ranked.length - all.length
  const answer = (candidate: Candidate, said: Answer) => {
    if (answering.isRunning) return
    answering.clear()
    setAnswered(candidateKey(candidate))
    if (said === 'refusal') refuse(candidate)
    else void answering.answer(to(candidate), { answer: said }).catch(() => undefined)
  }

  const takeBack = (candidate: Candidate) => {
    const { before } = to(candidate)
    if (!before || answering.isRunning) return
    answering.clear()
    setAnswered(candidateKey(candidate))
    void answering.withdraw(to(candidate), before).catch(() => undefined)
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
  /** A refusal may move its card: whoever refused goes on from the one that stood behind it. */
  const goOn = useRef<string | null>(null)
  const refuseIt = async (candidate: Candidate, code: RefusalCode, note: string) => {
    const at = shown.findIndex((one) => one.candidate === candidate)
    const next = shown[at + 1] ?? shown[at - 1]
    await answering.answer(to(candidate), { answer: 'refusal', code, note })
    goOn.current = next ? candidateKey(next.candidate) : null
  }
  const endRefusing = () => {
    const key = goOn.current ?? (refusing ? candidateKey(refusing) : '')
    goOn.current = null
    refuse(null)
    requestAnimationFrame(() =>
      cards()
        .find((card) => card.dataset.card === key)
        ?.querySelector<HTMLElement>('[data-why]')
        ?.focus(),
    )
  }
  const candidateHere = () => {
    const here = cards().find((card) => card.contains(document.activeElement))?.dataset.card
    return shown.find(({ candidate }) => candidateKey(candidate) === here)?.candidate
  }
  const answerHere = (said: Answer) => {
    const candidate = candidateHere()
    if (!candidate || !mayAnswer || answering.isRunning) return false
    // Its card goes when the answered are hidden: go on from the next one.
    if (hides && said !== 'refusal') move(1)
    answer(candidate, said)
    return true
  }
  const chooseHere = () => {
    const candidate = candidateHere()
    if (candidate) choose(candidateKey(candidate))
    return Boolean(candidate)
  }
  usePageKeys({
    j: () => move(1),
    k: () => move(-1),
    i: () => answerHere('interest'),
    r: () => answerHere('refusal'),
    l: () => answerHere('later'),
    u: () => answering.undo(),
    c: chooseHere,
    x: chooseHere,
  })

  return (
    <>
      {mayAnswer ? null : <p className="soft">{say('notOpen')}</p>}
      {refusing || shown.some(({ candidate }) => candidateKey(candidate) === answered) ? null : (
        <ErrorNote error={answering.refusal} />
      )}
      {mayAnswer ? (
        <p className={`${classes.triage} unprinted`}>
          <Switch
            size="xs"
            label={say('hideAnswered')}
            checked={hides}
            onChange={() => set({ answered: hides ? undefined : 'hidden' })}
          />
          {hidden ? <span className="soft figures">{say('answeredHidden', { count: hidden })}</span> : null}
        </p>
      ) : null}
      {hides && ranked.length > 0 && all.length === 0 ? <Empty title={say('allAnswered')} /> : null}
      <ol ref={column} className={classes.cards}>
        {shown.map(({ candidate, rank }) => (
          <CandidateCard
            key={candidateKey(candidate)}
            board={board}
            candidate={candidate}
            rank={rank}
            isChosen={chosen.includes(candidateKey(candidate))}
            onChoose={() => choose(candidateKey(candidate))}
            said={SIDES.flatMap((side) => saidBy(board.responses, { ...addressOf(candidate), side }) ?? [])}
            {...(answered === candidateKey(candidate)
              ? { isAnswering: answering.isRunning, refusal: refusing ? null : answering.refusal }
              : {})}
            {...(mayAnswer
              ? { onAnswer: (said: Answer) => answer(candidate, said), onTakeBack: () => takeBack(candidate) }
              : {})}
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
          hidden={need.circle === 'invited' || need.circle === 'members'}
          close={endRefusing}
          refuse={(code, note) => refuseIt(refusing, code, note)}
          isRunning={answering.isRunning}
          refusal={answering.refusal}
        />
      ) : null}
    </>
  )
}
