import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import type { BoardSeat, InvitationBoard } from '#stages/compose/invitation-model.ts'
import { SHARE_HUNDREDTHS_WHOLE } from '#stages/compose/invitation-model.ts'
import { sumShares } from '#stages/compose/invitation-rules.ts'
import type { Consortium } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useName } from '../match/names.ts'
import { SeatRow } from './board-seat.tsx'
import classes from './invitation.module.css'
import { InvitationBadge, Steps } from './invitation-state.tsx'
import { invitationWords } from './invitation-words.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { OthersPart } from './others-part.tsx'
import { PersonsPart } from './persons-part.tsx'

const QUIET_MS = 20_000
/** While others are sought the board looks more often. */
const SEARCHING_MS = 1_500
const OPEN_WORK = ['queued', 'running']

/** The seats of a draft with their invitations, the persons, and others for seats that fell free. */
export function BoardPart({ consortium }: { consortium: Consortium }) {
  const [everyMs, setEveryMs] = useState(QUIET_MS)
  const { data, error, refetch } = useRead(composeApi.invitationBoard, {
    params: { consortium: consortium.id },
    keep: true,
    everyMs,
  })
  const isSearching = data?.work !== null && data?.work !== undefined && OPEN_WORK.includes(data.work.state)
  useEffect(() => setEveryMs(isSearching ? SEARCHING_MS : QUIET_MS), [isSearching])
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  if (!data) return null
  return <Board board={data} consortium={consortium} isSearching={isSearching} />
}

function Board({
  board,
  consortium,
  isSearching,
}: {
  board: InvitationBoard
  consortium: Consortium
  isSearching: boolean
}) {
  const say = useWords(invitationWords)
  const [inviting, invite] = useState<readonly BoardSeat[] | null>(null)
  const open = board.seats.filter(({ sponsor, invitation }) => !sponsor && !invitation)
  const isHost = board.as === 'host'
  return (
    <>
      <Section
        title={say('board')}
        action={
          open.length > 1 ? (
            <Button variant="default" onClick={() => invite(open)}>
              {say('inviteAll', { count: open.length })}
            </Button>
          ) : null
        }
      >
        <p className="soft">{say(isHost ? 'boardTell' : 'leadTell')}</p>
        {isHost ? <OthersPart board={board} needId={consortium.needId} isSearching={isSearching} /> : null}
        <table className={classes.board} aria-label={say('board')}>
          <thead>
            <tr>
              {(['member', 'role', 'share', 'effort', 'state', 'next'] as const).map((key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.seats.map((seat) => (
              <SeatRow
                key={seat.id}
                seat={seat}
                board={board}
                capabilities={consortium.capabilities}
                invite={() => invite([seat])}
              />
            ))}
          </tbody>
        </table>
        <Sum seats={board.seats} />
        <Former board={board} />
      </Section>
      {isHost || board.persons.chief || board.persons.operator ? <PersonsPart board={board} /> : null}
      {inviting ? <InviteDialog board={board} seats={inviting} close={() => invite(null)} /> : null}
    </>
  )
}

/** What the shares add up to, beside the whole. */
function Sum({ seats }: { seats: readonly BoardSeat[] }) {
  const say = useWords(invitationWords)
  const format = useFormat()
  const { sum, open, left } = sumShares(seats.map(({ terms }) => terms))
  const percent = (hundredths: number) => format.percent(hundredths / SHARE_HUNDREDTHS_WHOLE, 2)
  const beside =
    left === 0
      ? say('sumWhole')
      : left > 0
        ? say('sumLeft', { left: percent(left) })
        : say('sumOver', { over: percent(-left) })
  return (
    <div className={classes.sum}>
      <p>
        <b>{say('sum', { sum: percent(sum) })}</b>{' '}
        <span className="soft">{[beside, ...(open ? [say('sumOpen', { count: open })] : [])].join(' · ')}</span>
      </p>
      <div className={classes.bar} data-over={left < 0 || undefined} aria-hidden>
        <span style={{ width: `${Math.min(100, (sum / SHARE_HUNDREDTHS_WHOLE) * 100)}%` }} />
      </div>
    </div>
  )
}

function Former({ board }: { board: InvitationBoard }) {
  const say = useWords(invitationWords)
  const name = useName()
  if (!board.former.length) return null
  return (
    <details className={classes.history}>
      <summary>{say('former')}</summary>
      <ol>
        {board.former.map(({ party, invitation }) => (
          <li key={party.id}>
            <b>{name(party)}</b> <InvitationBadge state={invitation.state} />
            {invitation.code ? ` ${say(`code.${invitation.code}`)}` : ''}
            <Steps steps={invitation.steps} />
          </li>
        ))}
      </ol>
    </details>
  )
}
