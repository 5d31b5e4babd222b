import { ActionIcon } from '@mantine/core'
import { useState } from 'react'
import type { IndustryPage, MeasuredOne } from '#stages/zone/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useTimeZone } from '../../lib/zone.ts'
import { Badge } from '../../ui/badges.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Figure } from '../../ui/why/figure.tsx'
import { TargetForm } from './target-form.tsx'
import { zoneWords } from './words.ts'
import classes from './zone.module.css'

/** The ten as cards in their order; zero is shown as zero. */
export function TenOnes({ page }: { page: IndustryPage }) {
  const [edited, edit] = useState<MeasuredOne | null>(null)
  return (
    <>
      <ol className={classes.ones}>
        {page.ones.map((one) => (
          <li key={one.key} className={classes.one}>
            <OneCard one={one} edit={page.mayEdit ? () => edit(one) : undefined} />
          </li>
        ))}
      </ol>
      {edited ? <TargetForm industry={page.industry.slug} one={edited} close={() => edit(null)} /> : null}
    </>
  )
}

function OneCard({ one, edit }: { one: MeasuredOne; edit: (() => void) | undefined }) {
  const say = useWords(zoneWords)
  const format = useFormat()
  const text = useText()
  const timeZone = useTimeZone()
  const { measured, target, planned } = one
  const name = say(`one.${one.key}`)
  const isReached = target !== null && measured >= target
  const due = one.dueDate ? format.deadline(one.dueDate, timeZone) : null
  return (
    <>
      <h3>{name}</h3>
      <div className={classes.measure}>
        <Figure why={`one:${one.key}`} label={`${name} ${measured}`}>
          <span className={classes.big}>{format.number(measured)}</span>
        </Figure>
        <span className="soft">
          {target === null ? say('noTarget') : say('ofTarget', { target: format.number(target) })}
        </span>
        {edit ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            className="unprinted"
            aria-label={`${say('setTarget')}: ${name}`}
            onClick={edit}
          >
            <Icon name="edit" size={14} />
          </ActionIcon>
        ) : null}
      </div>
      {target ? (
        <span className={classes.bar} data-short={isReached ? undefined : true} aria-hidden>
          <span style={{ width: `${Math.min(100, Math.round((measured / target) * 100))}%` }} />
        </span>
      ) : null}
      <div className={`${classes.meta} soft`}>
        {target === null ? null : isReached ? (
          <Badge tone="good" icon="check">
            {say('reached')}
          </Badge>
        ) : (
          <Badge tone="look">{say('short', { count: target - measured })}</Badge>
        )}
        {planned ? <span>{say('planned', { count: planned })}</span> : null}
        <span>{text(one.owner)}</span>
        {one.dueDate ? (
          <span title={format.date(one.dueDate)}>
            {isReached ? format.date(one.dueDate) : `${format.date(one.dueDate)} · ${due?.text ?? ''}`}
          </span>
        ) : null}
      </div>
    </>
  )
}
