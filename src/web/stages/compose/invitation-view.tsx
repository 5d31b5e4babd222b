import { Button } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { AnswerInput, Invitation, Move } from '#stages/compose/invitation-model.ts'
import { packagesIn } from '#stages/compose/role-rules.ts'
import { useFormat } from '../../lib/format.ts'
import type { Refusal } from '../../lib/refusal.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { useName } from '../match/names.ts'
import classes from './invitation.module.css'
import { AcceptDialog, DeclineDialog, OfferDialog } from './invitation-dialogs.tsx'
import { Steps, useUntil } from './invitation-state.tsx'
import { invitationWords } from './invitation-words.ts'
import { sentenceWords } from './sentence-words.ts'
import { useSentences } from './sentences.ts'
import { TermsList } from './terms.tsx'

/** Who invites whom to what, in a sentence. */
export function useAsked(): (told: Invitation['told']) => string {
  const say = useWords(invitationWords)
  const format = useFormat()
  const name = useName()
  return ({ hosts, organisation, consortium }) => {
    const words = { organisation: name(organisation), consortium: name(consortium) }
    return hosts.length
      ? say('asked', { ...words, count: hosts.length, hosts: format.list(hosts.map((host) => name(host))) })
      : say('askedPlain', words)
  }
}

/** What the invited read: terms, message, why they, the need's public part, and what was said. */
export function InvitationLetter({
  invitation,
  timeZone,
  children,
}: {
  invitation: Omit<Invitation, 'leads'>
  timeZone: string
  children: React.ReactNode
}) {
  const say = useWords(invitationWords)
  const text = useText()
  const format = useFormat()
  const name = useName()
  const until = useUntil(timeZone)
  const sentences = useWords(sentenceWords)
  const { told, terms, message, turn, steps, expiresOn } = invitation
  // Reasons name the lead as it was written then; where it is the same, in the reader's language.
  const { reason } = useSentences(told, (party) => name(told.lead?.name === party.name ? told.lead : party))
  const packages = packagesIn(told.reasons).flatMap((id) => {
    const found = told.capabilities.find((capability) => capability.id === id)
    return found ? [name(found)] : []
  })
  const summary = text(told.need.summary)
  return (
    <div className={classes.letter}>
      {message ? <blockquote className={classes.quote}>{message}</blockquote> : null}
      <section>
        <h2>{say('terms')}</h2>
        <TermsList terms={terms} />
        <p className="soft">{sentences(`roleTell.${terms.role}`)}</p>
        {packages.length ? <p className="soft">{say('packages', { names: format.list(packages) })}</p> : null}
        {turn ? <p className="soft">{until(expiresOn)}</p> : null}
      </section>
      {children}
      {told.reasons.length ? (
        <section>
          <h2>{say('whyYou')}</h2>
          <ul className={classes.reasons}>
            {told.reasons.map((one) => (
              <li key={one.kind}>{reason(one)}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h2>{say('about')}</h2>
        <p>
          <b>{text(told.need.title)}</b>
        </p>
        {summary ? <p className={classes.prose}>{summary}</p> : null}
        <p className="soft">
          {told.lead
            ? say('team', { lead: name(told.lead), count: told.members })
            : say('teamPlain', { count: told.members })}
        </p>
      </section>
      <Steps steps={steps} open />
    </div>
  )
}

type Answer = z.input<typeof AnswerInput>
type Asking = Answer['move']

/** The buttons of the invited, and their dialogs. Where an answer can't be taken back, a yes is asked for once more. */
export function AnswerPart({
  invitation,
  answer,
  takeBack,
  isRunning,
  refusal,
  clear,
}: {
  invitation: Pick<Invitation, 'moves' | 'terms' | 'revision' | 'state'>
  answer: (answer: Answer) => Promise<unknown>
  takeBack?: () => Promise<unknown>
  isRunning: boolean
  refusal: Refusal | null
  clear: () => void
}) {
  const say = useWords(invitationWords)
  const [asking, ask] = useState<Asking | null>(null)
  const { moves, terms, revision, state } = invitation
  const may = (move: Move) => moves.includes(move)
  const open = (dialog: Asking | null) => {
    clear()
    ask(dialog)
  }
  const accept = () => answer({ move: 'accept', revision })
  const sending = { isRunning, refusal, close: () => open(null) }
  if (!moves.length) return null
  return (
    <section className="unprinted">
      <h2>{say('yours')}</h2>
      {state === 'countered' ? <Note>{say('youCountered')}</Note> : null}
      {asking ? null : <ErrorNote error={refusal} />}
      <div className={classes.buttons}>
        {may('accept') ? (
          <Button
            loading={isRunning && !asking}
            onClick={() => (takeBack ? void accept().catch(() => undefined) : open('accept'))}
          >
            {say('accept')}
          </Button>
        ) : null}
        {may('counter') ? (
          <Button variant="default" onClick={() => open('counter')}>
            {say('counter')}
          </Button>
        ) : null}
        {may('decline') ? (
          <Button variant="default" onClick={() => open('decline')}>
            {say('decline')}
          </Button>
        ) : null}
        {takeBack && may('take_back') ? (
          <Button variant="subtle" color="gray" onClick={() => void takeBack().catch(() => undefined)}>
            {say('takeBack')}
          </Button>
        ) : null}
      </div>
      {asking === 'accept' ? <AcceptDialog {...sending} terms={terms} send={accept} /> : null}
      {asking === 'counter' ? (
        <OfferDialog
          {...sending}
          title={say('counterTitle')}
          terms={terms}
          send={({ terms: wanted, note }) => answer({ move: 'counter', terms: wanted, note, revision })}
        />
      ) : null}
      {asking === 'decline' ? (
        <DeclineDialog {...sending} send={(code, note) => answer({ move: 'decline', code, note, revision })} />
      ) : null}
    </section>
  )
}
