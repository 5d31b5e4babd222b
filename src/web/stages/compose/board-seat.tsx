import { Button } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { composeApi } from '#stages/compose/api.ts'
import type { BoardSeat, HostInvitation, InvitationBoard, Move, MoveInput } from '#stages/compose/invitation-model.ts'
import { LIVE_STATES } from '#stages/compose/invitation-rules.ts'
import type { Consortium } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { tell } from '../../ui/toasts.tsx'
import { useName } from '../match/names.ts'
import classes from './invitation.module.css'
import { FormDialog, OfferDialog } from './invitation-dialogs.tsx'
import { LinkDialog } from './invitation-link.tsx'
import { InvitationBadge, Steps, useUntil } from './invitation-state.tsx'
import { invitationWords } from './invitation-words.ts'
import { sentenceWords } from './sentence-words.ts'
import { TermsFields, useTermWords } from './terms.tsx'

interface Row {
  seat: BoardSeat
  board: InvitationBoard
}

/** A seat: who, on which terms, how its invitation stands, and what the hosts may do next. */
export function SeatRow({
  seat,
  board,
  capabilities,
  invite,
}: Row & { capabilities: Consortium['capabilities']; invite: () => void }) {
  const say = useWords(invitationWords)
  const sentences = useWords(sentenceWords)
  const format = useFormat()
  const name = useName()
  const words = useTermWords()
  const { terms, invitation, packages } = seat
  const led = capabilities.filter(({ id }) => packages.includes(id)).map((one) => name(one))
  return (
    <tr data-seat={seat.id}>
      <td>
        <span className={classes.member}>
          <Go to={`/organisations/${seat.id}`} quiet>
            {name(seat)}
          </Go>
        </span>
      </td>
      <td data-label={say('role')}>
        {sentences(`role.${terms.role}`)}
        {led.length ? <p className={`${classes.small} soft`}>{say('packages', { names: format.list(led) })}</p> : null}
      </td>
      <td data-label={say('share')} className={classes.number}>
        {words.share(terms.shareHundredths)}
      </td>
      <td data-label={say('effort')} className={classes.number}>
        {words.effort(terms.effortTenths)}
      </td>
      <td>
        {invitation ? (
          <Standing invitation={invitation} timeZone={board.timeZone} />
        ) : (
          <span className="soft">{say(seat.sponsor ? 'sponsorSeat' : 'notInvited')}</span>
        )}
      </td>
      <td className="unprinted">
        {invitation?.moves.some((move) => move !== 'take_back') ? (
          <NegotiateButtons seat={seat} invitation={invitation} />
        ) : (
          <OpenButtons seat={seat} board={board} invite={invite} />
        )}
      </td>
    </tr>
  )
}

function Standing({ invitation, timeZone }: { invitation: HostInvitation; timeZone: string }) {
  const say = useWords(invitationWords)
  const format = useFormat()
  const until = useUntil(timeZone)
  const { state, turn, since, code, expiresOn, link, steps } = invitation
  const last = steps.at(-1)
  return (
    <>
      <InvitationBadge state={state} />
      {code ? ` ${say(`code.${code}`)}` : ''}
      <p className={`${classes.small} soft`}>
        {turn ? `${say(`turn.${turn}`)} · ` : ''}
        {say('since', { when: format.ago(since) })}
        {turn ? ` · ${until(expiresOn)}` : ''}
        {link ? ` · ${say(`linkState.${link.state}`)}` : ''}
      </p>
      {last?.note && last.move !== 'invite' ? <p className={classes.small}>“{last.note}”</p> : null}
      <Steps steps={steps} />
    </>
  )
}

type HostMove = Extract<z.input<typeof MoveInput>, { move: 'offer' | 'agree' | 'withdraw' | 'take_back' }>
const DONE = { offer: 'offered', agree: 'agreed', withdraw: 'withdrawn', take_back: 'takenBack' } as const

/** Makes a move of the hosts, which can be taken back at once. */
function useHostMove(id: string) {
  const say = useWords(invitationWords)
  const write = useWrite(composeApi.moveInvitation)
  const params = { invitation: id }
  const run = async (body: HostMove) => {
    const { revision } = await write.run({ params, body })
    const undo = () => write.run({ params, body: { move: 'take_back', revision } }).catch(() => undefined)
    tell(say(DONE[body.move]), body.move === 'take_back' ? {} : { undo })
  }
  return { ...write, run }
}

function NegotiateButtons({ seat, invitation }: { seat: BoardSeat; invitation: HostInvitation }) {
  const say = useWords(invitationWords)
  const move = useHostMove(invitation.id)
  const [dialog, open] = useState<'offer' | 'link' | null>(null)
  const { revision, moves, terms, turn } = invitation
  const may = (one: Move) => moves.includes(one)
  const press = (body: HostMove) => void move.run(body).catch(() => undefined)
  const close = () => {
    move.clear()
    open(null)
  }
  return (
    <>
      {dialog ? null : <ErrorNote error={move.refusal} />}
      <div className={classes.buttons}>
        {may('agree') ? (
          <Button size="compact-sm" loading={move.isRunning} onClick={() => press({ move: 'agree', revision })}>
            {say('agree')}
          </Button>
        ) : null}
        {may('offer') ? (
          <Button size="compact-sm" variant="default" onClick={() => open('offer')}>
            {say('offer')}
          </Button>
        ) : null}
        {turn === 'invited' ? (
          <Button size="compact-sm" variant="default" onClick={() => open('link')}>
            {say('link')}
          </Button>
        ) : null}
        {may('withdraw') ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            disabled={move.isRunning}
            onClick={() => press({ move: 'withdraw', revision })}
          >
            {say('withdraw')}
          </Button>
        ) : null}
        {may('take_back') ? <TakeBackButton invitation={invitation} /> : null}
      </div>
      {dialog === 'offer' ? (
        <OfferDialog
          title={say('offerTitle')}
          terms={terms}
          expiresOn={invitation.expiresOn}
          send={(offer) => move.run({ move: 'offer', ...offer, revision })}
          close={close}
          isRunning={move.isRunning}
          refusal={move.refusal}
        />
      ) : null}
      {dialog === 'link' ? <LinkDialog seat={seat} invitation={invitation} close={close} /> : null}
    </>
  )
}

function TakeBackButton({ invitation: { id, revision } }: { invitation: HostInvitation }) {
  const say = useWords(invitationWords)
  const move = useHostMove(id)
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      loading={move.isRunning}
      onClick={() => void move.run({ move: 'take_back', revision }).catch(() => undefined)}
    >
      {say('takeBack')}
    </Button>
  )
}

/** For a seat to which nobody is invited now. */
function OpenButtons({ seat, board, invite }: Row & { invite: () => void }) {
  const say = useWords(invitationWords)
  const [isEditing, edit] = useState(false)
  const remove = useWrite(composeApi.removeSeat)
  const { invitation, sponsor } = seat
  const mayWrite = board.as === 'host'
  const takeOut = async () => {
    const params = { consortium: board.consortiumId, organisation: seat.id }
    await remove.run({ params, body: { revision: board.revision } })
    tell(say('removed'))
  }
  return (
    <>
      <ErrorNote error={remove.refusal} />
      <div className={classes.buttons}>
        {sponsor || (invitation && LIVE_STATES.includes(invitation.state)) ? null : (
          <Button size="compact-sm" variant={invitation ? 'default' : 'filled'} onClick={invite}>
            {say(invitation ? 'inviteAgain' : 'invite')}
          </Button>
        )}
        {mayWrite ? (
          <Button size="compact-sm" variant="default" onClick={() => edit(true)}>
            {say('edit')}
          </Button>
        ) : null}
        {sponsor || !mayWrite ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            loading={remove.isRunning}
            onClick={() => void takeOut().catch(() => undefined)}
          >
            {say('remove')}
          </Button>
        )}
        {invitation?.moves.includes('take_back') ? <TakeBackButton invitation={invitation} /> : null}
      </div>
      {isEditing ? <EditSeat seat={seat} board={board} close={() => edit(false)} /> : null}
    </>
  )
}

function EditSeat({ seat, board, close }: Row & { close: () => void }) {
  const say = useWords(invitationWords)
  const name = useName()
  const change = useWrite(composeApi.changeSeat)
  const [terms, setTerms] = useState(seat.terms)
  const params = { consortium: board.consortiumId, organisation: seat.id }
  return (
    <FormDialog
      title={`${say('editTitle')} · ${name(seat)}`}
      tell={say('leaveOpen')}
      submit={say('save')}
      send={async () => {
        await change.run({ params, body: { ...terms, revision: board.revision } })
        tell(say('saved'))
      }}
      close={close}
      isRunning={change.isRunning}
      refusal={change.refusal}
    >
      <TermsFields value={terms} onChange={setTerms} />
    </FormDialog>
  )
}
