import { Button, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { composeApi } from '#stages/compose/api.ts'
import type { Invitation } from '#stages/compose/invitation-model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useTimeZone, useZone } from '../../lib/zone.ts'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { tell } from '../../ui/toasts.tsx'
import { useName } from '../match/names.ts'
import classes from './invitation.module.css'
import { InvitationBadge, useUntil } from './invitation-state.tsx'
import { AnswerPart, InvitationLetter, useAsked } from './invitation-view.tsx'
import { invitationWords } from './invitation-words.ts'
import { sentenceWords } from './sentence-words.ts'
import { useTermWords } from './terms.tsx'
import { composeTitles } from './titles.ts'

type Row = Omit<Invitation, 'steps' | 'moves' | 'leads'>

/** The invitations of the reader's organisation: those that await its answer first. */
export function Invitations() {
  const say = useWords(invitationWords)
  const titles = useWords(composeTitles)
  const { caller } = useZone()
  const { data, error, refetch } = useRead(composeApi.invitations)
  const waiting = data?.rows.filter(({ turn }) => turn === 'invited') ?? []
  const others = data?.rows.filter(({ turn }) => turn !== 'invited') ?? []
  return (
    <DetailPage title={titles('invitations')} answer={say('listTell')}>
      <ErrorNote error={error} retry={() => void refetch()} />
      {!data && !error ? <Skeleton height={200} /> : null}
      {caller.organisationId === null ? <Empty title={say('listNone')}>{say('noOrganisation')}</Empty> : null}
      {data && caller.organisationId !== null && !data.rows.length ? (
        <Empty title={say('listNone')}>{say('listNoneTell')}</Empty>
      ) : null}
      {waiting.length ? (
        <Section title={say('waiting')}>
          <Rows rows={waiting} label={say('waiting')} />
        </Section>
      ) : null}
      {others.length ? (
        <Section title={say('settled')}>
          <Rows rows={others} label={say('settled')} />
        </Section>
      ) : null}
    </DetailPage>
  )
}

function Rows({ rows, label }: { rows: readonly Row[]; label: string }) {
  const say = useWords(invitationWords)
  const sentences = useWords(sentenceWords)
  const format = useFormat()
  const name = useName()
  const text = useText()
  const words = useTermWords()
  const until = useUntil(useTimeZone())
  return (
    <table className={classes.board} aria-label={label}>
      <thead>
        <tr>
          {(['consortium', 'role', 'share', 'effort', 'state'] as const).map((key) => (
            <th key={key} scope="col">
              {say(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, told, terms, state, turn, since, expiresOn }) => (
          <tr key={id}>
            <td>
              <span className={classes.member}>
                <Go to={`/invitations/${id}`}>{name(told.consortium)}</Go>
              </span>
              <p className="soft">{text(told.need.title)}</p>
            </td>
            <td data-label={say('role')}>{sentences(`role.${terms.role}`)}</td>
            <td data-label={say('share')} className={classes.number}>
              {words.share(terms.shareHundredths)}
            </td>
            <td data-label={say('effort')} className={classes.number}>
              {words.effort(terms.effortTenths)}
            </td>
            <td>
              <InvitationBadge state={state} />
              <p className={`${classes.small} soft`}>
                {turn ? until(expiresOn) : say('since', { when: format.ago(since) })}
              </p>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One invitation, as the invited read and answer it. */
export function InvitationRecord() {
  const { invitation: id } = useParams({ strict: false }) as { invitation: string }
  const { data, error, refetch } = useRead(composeApi.invitation, { params: { invitation: id }, keep: true })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return data ? <Record invitation={data} /> : <Skeleton height={320} />
}

const TOLD = { accept: 'accepted', counter: 'countered', decline: 'declined' } as const

function Record({ invitation }: { invitation: Invitation }) {
  const say = useWords(invitationWords)
  const name = useName()
  const asked = useAsked()
  const timeZone = useTimeZone()
  const go = useGo()
  const move = useWrite(composeApi.moveInvitation)
  const { id, state, told, turn, revision, leads } = invitation
  const params = { invitation: id }
  const takeBack = async (of: number) => {
    await move.run({ params, body: { move: 'take_back', revision: of } })
    tell(say('takenBack'))
  }
  return (
    <DetailPage
      title={name(told.consortium)}
      badges={
        <>
          <InvitationBadge state={state} />
          {turn ? <span className="soft">{say(turn === 'invited' ? 'turn.mine' : 'turn.theirs')}</span> : null}
        </>
      }
      answer={asked(told)}
      action={leads ? <Button onClick={() => go(`/consortia/${leads}`)}>{say('toTeam')}</Button> : null}
    >
      <InvitationLetter invitation={invitation} timeZone={timeZone}>
        <AnswerPart
          invitation={invitation}
          answer={async (answer) => {
            const moved = await move.run({ params, body: answer })
            tell(say(TOLD[answer.move]), { undo: () => takeBack(moved.revision).catch(() => undefined) })
          }}
          takeBack={() => takeBack(revision)}
          isRunning={move.isRunning}
          refusal={move.refusal}
          clear={move.clear}
        />
      </InvitationLetter>
    </DetailPage>
  )
}
