import type { InvitationState, InvitationStep } from '#stages/compose/invitation-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, type Tone } from '../../ui/badges.tsx'
import classes from './invitation.module.css'
import { invitationWords } from './invitation-words.ts'
import { sentenceWords } from './sentence-words.ts'
import { useTermWords } from './terms.tsx'

const TONES: Record<InvitationState, Tone> = {
  offered: 'plain',
  countered: 'look',
  accepted: 'good',
  declined: 'loss',
  withdrawn: 'quiet',
  expired: 'quiet',
}

export function InvitationBadge({ state }: { state: InvitationState }) {
  const say = useWords(invitationWords)
  return <Badge tone={TONES[state]}>{say(`state.${state}`)}</Badge>
}

/** Until which day it can be answered, and how long that is. */
export function useUntil(timeZone: string) {
  const say = useWords(invitationWords)
  const format = useFormat()
  return (day: string) => say('until', { day: format.date(day), left: format.deadline(day, timeZone).text })
}

/** What was said, step by step, under a line that opens it. */
export function Steps({ steps, open = false }: { steps: readonly InvitationStep[]; open?: boolean }) {
  const say = useWords(invitationWords)
  const sentences = useWords(sentenceWords)
  const format = useFormat()
  const words = useTermWords()
  const list = (
    <ol>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are added and never moved
        <li key={at}>
          <b>{say(`move.${step.move}`)}</b>
          {step.code ? ` · ${say(`code.${step.code}`)}` : ''}{' '}
          <span className="soft">
            {step.by ?? say(`side.${step.side}`)}
            {step.byLink ? ` ${say('byLink')}` : ''} · <time dateTime={step.at}>{format.ago(step.at)}</time>
          </span>
          {step.move === 'offer' || step.move === 'counter' || step.move === 'invite' ? (
            <div>
              {[
                sentences(`role.${step.role}`),
                words.share(step.shareHundredths),
                words.effort(step.effortTenths),
              ].join(' · ')}
            </div>
          ) : null}
          {step.note && step.move !== 'invite' ? <div className="soft">{step.note}</div> : null}
        </li>
      ))}
    </ol>
  )
  return (
    <details className={classes.history} open={open}>
      <summary>{say('history')}</summary>
      {list}
    </details>
  )
}
