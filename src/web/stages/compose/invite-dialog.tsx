import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import {
  type BoardSeat,
  INVITATION_DAYS_DEFAULT,
  type InvitationBoard,
  type Terms,
} from '#stages/compose/invitation-model.ts'
import { useWrite } from '../../lib/query.tsx'
import { issueInWords } from '../../lib/refusal-words.ts'
import { useWords } from '../../lib/words.ts'
import { DateField } from '../../ui/form/fields.tsx'
import { tell } from '../../ui/toasts.tsx'
import { useName } from '../match/names.ts'
import classes from './invitation.module.css'
import { FormDialog } from './invitation-dialogs.tsx'
import { invitationWords } from './invitation-words.ts'
import { TermsFields } from './terms.tsx'

const DAY_MS = 86_400_000

/** Some weeks after a day, as a day. */
function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** Invites to one seat or to several at once: each with its terms, all with one message and one last day. */
export function InviteDialog({
  board,
  seats,
  close,
}: {
  board: InvitationBoard
  seats: readonly BoardSeat[]
  close: () => void
}) {
  const say = useWords(invitationWords)
  const name = useName()
  const invite = useWrite(composeApi.invite)
  const [terms, setTerms] = useState<ReadonlyMap<string, Terms>>(
    () => new Map(seats.map((seat) => [seat.id, seat.terms])),
  )
  const [message, setMessage] = useState('')
  const [day, setDay] = useState<string | null>(daysAfter(board.today, INVITATION_DAYS_DEFAULT))
  const send = async () => {
    const sent = seats.map((seat) => ({ organisationId: seat.id, ...terms.get(seat.id)! }))
    const body = { seats: sent, message, expiresOn: day ?? '' }
    await invite.run({ params: { consortium: board.consortiumId }, body })
    tell(say('sent', { count: seats.length }))
  }
  const wrongDay = invite.refusal?.issues.find(({ path }) => path === 'expiresOn')
  return (
    <FormDialog
      title={seats.length === 1 && seats[0] ? `${say('inviteTitle')} · ${name(seats[0])}` : say('inviteTitle')}
      tell={say('inviteTell')}
      submit={say('send')}
      send={send}
      close={close}
      isRunning={invite.isRunning}
      refusal={wrongDay ? null : invite.refusal}
    >
      <div>
        {seats.map((seat) => (
          <div key={seat.id} className={classes.seat}>
            {seats.length > 1 ? <b>{name(seat)}</b> : null}
            <TermsFields
              value={terms.get(seat.id)!}
              onChange={(changed) => setTerms((before) => new Map(before).set(seat.id, changed))}
              {...(seats.length > 1 ? { about: name(seat) } : {})}
            />
          </div>
        ))}
        <p className="faint">{say('leaveOpen')}</p>
      </div>
      <DateField
        label={say('lastDay')}
        name="expiresOn"
        error={wrongDay ? issueInWords(wrongDay, say.language) : undefined}
        value={day}
        onChange={setDay}
      />
      <Textarea
        label={say('message')}
        rows={3}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
