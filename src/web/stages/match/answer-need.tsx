import { Button } from '@mantine/core'
import { useState } from 'react'
import { isMember } from '#stages/caller.ts'
import { matchApi } from '#stages/match/api.ts'
import type { Need } from '#stages/needs/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { answerWords } from './answer-words.ts'
import { type Said, saidBy, useAnswering, useAnswerWords } from './answers.ts'
import classes from './match.module.css'
import { RefuseDialog } from './refuse-dialog.tsx'
import { matchWords } from './words.ts'

/** For an organisation that sees an open need and does not sponsor it: interest, or a no with its reason. */
export function AnswerNeed({ need }: { need: Need }) {
  const { caller } = useZone()
  const organisationId = caller.organisationId
  const isOpen = need.state === 'open' || need.state === 'matched'
  if (!organisationId || !isMember(caller) || !isOpen) return null
  if (need.sponsors.some(({ id }) => id === organisationId)) return null
  return <Answer need={need.id} organisationId={organisationId} />
}

function Answer({ need, organisationId }: { need: string; organisationId: string }) {
  const say = useWords(matchWords)
  const { data, error, refetch } = useRead(matchApi.responses, { params: { need } })
  const answering = useAnswering()
  const [isRefusing, refuse] = useState(false)
  const rows = data?.rows ?? []
  const mine = saidBy(rows, { side: 'offer', organisationId, resultId: null })
  const theirs = rows.filter((said) => said.side === 'need' && said.organisationId === organisationId)
  const to = { need, side: 'offer' as const, organisationId, resultId: null, before: mine }
  const send = (answer: 'interest' | 'later') => {
    answering.clear()
    void answering.answer(to, { answer }).catch(() => undefined)
  }
  return (
    <Section title={say('answerNeed')}>
      <p className="soft">{say('answerNeedTell')}</p>
      {mine ? (
        <SaidLine
          said={mine}
          word="yourAnswer"
          takeBack={() => {
            answering.clear()
            void answering.withdraw(to, mine).catch(() => undefined)
          }}
        />
      ) : null}
      {theirs.map((said) => (
        <SaidLine key={said.id} said={said} word="theirAnswer" />
      ))}
      <ErrorNote error={error} retry={() => void refetch()} />
      {isRefusing ? null : <ErrorNote error={answering.refusal} />}
      <div className={`${classes.buttons} unprinted`}>
        <Button
          variant={mine?.answer === 'interest' ? 'default' : 'filled'}
          disabled={!data || answering.isRunning || mine?.answer === 'interest'}
          onClick={() => send('interest')}
        >
          {say('interest')}
        </Button>
        <Button variant="default" disabled={!data || answering.isRunning} onClick={() => refuse(true)}>
          {say('refuse')}
        </Button>
        <Button variant="subtle" color="gray" disabled={!data || answering.isRunning} onClick={() => send('later')}>
          {say('later')}
        </Button>
      </div>
      {isRefusing ? (
        <RefuseDialog
          title={say('declineTitle')}
          close={() => refuse(false)}
          refuse={(code, note) => answering.answer(to, { answer: 'refusal', code, note })}
          isRunning={answering.isRunning}
          refusal={answering.refusal}
        />
      ) : null}
    </Section>
  )
}

function SaidLine({ said, word, takeBack }: { said: Said; word: 'yourAnswer' | 'theirAnswer'; takeBack?: () => void }) {
  const say = useWords(matchWords)
  const sayAnswer = useWords(answerWords)
  const inWords = useAnswerWords()
  const format = useFormat()
  return (
    <p>
      {say(word, { answer: inWords(said), when: format.ago(said.at) })}
      {said.note ? <span className="soft"> {said.note}</span> : null}
      {takeBack ? (
        <Button variant="subtle" color="gray" size="compact-xs" className="unprinted" onClick={takeBack}>
          {sayAnswer('takeBack')}
        </Button>
      ) : null}
    </p>
  )
}
