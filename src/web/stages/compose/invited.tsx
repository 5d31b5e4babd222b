import { Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import type { InvitationState, OpenedInvitation } from '#stages/compose/invitation-model.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { useName } from '../match/names.ts'
import { AnswerPart, InvitationLetter, useAsked } from './invitation-view.tsx'
import { invitationWords } from './invitation-words.ts'
import classes from './shared.module.css'
import { Sheet } from './shared.tsx'
import { sharedWords } from './shared-words.ts'

type Answered = Extract<InvitationState, 'accepted' | 'countered' | 'declined'>

/** What a link shows to somebody who does not sign in: one invitation, to be answered once. */
export function InvitedByLink() {
  const say = useWords(invitationWords)
  const { token } = useParams({ strict: false }) as { token: string }
  const [answered, setAnswered] = useState<Answered>()
  const { data, error, refetch } = useRead(composeApi.openedInvitation, { params: { token }, enabled: !answered })
  if (answered)
    return (
      <Sheet title={say('invitedTitle')}>
        <div role="status">
          <Empty title={say('answered')}>{say(`answeredTell.${answered}`)}</Empty>
        </div>
      </Sheet>
    )
  if (error)
    return (
      <Sheet title={say('invitedTitle')}>
        {error.code === 'not_found' ? (
          <Empty title={say('gone')}>{say('goneTell')}</Empty>
        ) : (
          <ErrorNote error={error} retry={() => void refetch()} />
        )}
      </Sheet>
    )
  return (
    <Sheet title={say('invitedTitle')}>
      {data ? (
        <Letter invitation={data} token={token} done={setAnswered} />
      ) : (
        <Skeleton height={480} aria-label={say('loading')} />
      )}
    </Sheet>
  )
}

function Letter({
  invitation,
  token,
  done,
}: {
  invitation: OpenedInvitation
  token: string
  done: (state: Answered) => void
}) {
  const say = useWords(invitationWords)
  const shared = useWords(sharedWords)
  const text = useText()
  const name = useName()
  const asked = useAsked()
  // Read anew, the used link would show nothing.
  const answer = useWrite(composeApi.answerOpened, { rereads: false })
  const title = name(invitation.told.consortium)
  usePageTitle(`${say('invitedTitle')} · ${title}`)
  return (
    <>
      <header className={classes.head}>
        <p className="soft">{text(invitation.zone.name)}</p>
        <h1>{title}</h1>
        <p className={classes.lead}>{asked(invitation.told)}</p>
        {invitation.zone.invented ? <Badge tone="look">{shared('invented')}</Badge> : null}
      </header>
      <InvitationLetter invitation={invitation} timeZone={invitation.zone.timeZone}>
        <div>
          <AnswerPart
            invitation={invitation}
            answer={async (body) => done((await answer.run({ params: { token }, body })).state as Answered)}
            isRunning={answer.isRunning}
            refusal={answer.refusal}
            clear={answer.clear}
          />
          <p className="faint">{say('once')}</p>
        </div>
      </InvitationLetter>
    </>
  )
}
