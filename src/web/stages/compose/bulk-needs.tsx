import type { BulkNeed } from '#stages/compose/bulk-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, type Tone } from '../../ui/badges.tsx'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Go } from '../../ui/go.tsx'
import { useName } from '../match/names.ts'
import classes from './bulk.module.css'
import { bulkWords } from './bulk-words.ts'

const TONES: Record<BulkNeed['status'], Tone> = {
  optimal: 'good',
  feasible: 'plain',
  infeasible: 'loss',
  crowded_out: 'loss',
  not_worth: 'look',
  unknown: 'quiet',
}

/** A row a need: its team, what it covers, what it gives up for sharing. */
export function BulkNeeds({ needs }: { needs: readonly BulkNeed[] }) {
  const say = useWords(bulkWords)
  return (
    <Section title={say('needs')}>
      <table className={classes.needs}>
        <thead>
          <tr>
            <th scope="col">{say('need')}</th>
            <th scope="col">{say('outcome')}</th>
            <th scope="col">{say('size')}</th>
            <th scope="col">{say('covered')}</th>
            <th scope="col">{say('givesUp')}</th>
            <th scope="col">
              <span className="unseen">{say('open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {needs.map((need) => (
            <NeedRow key={need.id} need={need} />
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function NeedRow({ need }: { need: BulkNeed }) {
  const say = useWords(bulkWords)
  const format = useFormat()
  const name = useName()
  const title = name({ name: need.name, names: need.title })
  const { members, covered, of, proposalId, consortiumId } = need
  return (
    <tr>
      <th scope="row">
        <Go to={`/needs/${need.id}`}>{title}</Go>
        {members.length ? <span className={`${classes.who} faint`}>{members.map(name).join(' · ')}</span> : null}
      </th>
      <td data-head={say('outcome')}>
        <span className={classes.badges}>
          <span title={say(`statusTell.${need.status}`)}>
            <Badge tone={TONES[need.status]}>{say(`status.${need.status}`)}</Badge>
          </span>
          {need.kept ? <Badge tone="quiet">{say('isKept')}</Badge> : null}
          {need.stale ? <Badge tone="look">{say('isStale')}</Badge> : null}
        </span>
        {need.status === 'optimal' ? null : <span className="faint">{say(`statusTell.${need.status}`)}</span>}
      </td>
      <td data-head={say('size')} className={`${classes.figure} figures`}>
        {format.number(members.length)}
      </td>
      <td data-head={say('covered')} className={`${classes.figure} figures`}>
        {covered === null ? '—' : say('coveredOf', { covered, of })}
      </td>
      <td data-head={say('givesUp')} className="figures">
        <GivesUp need={need} />
      </td>
      <td className={classes.opens}>
        {proposalId ? (
          <Go
            to={`/needs/${need.id}/compose`}
            search={{ version: proposalId }}
            aria-label={say('openOf', { name: title })}
          >
            {say('open')}
          </Go>
        ) : null}
        {consortiumId ? <Go to={`/consortia/${consortiumId}`}>{say('saved')}</Go> : null}
      </td>
    </tr>
  )
}

function GivesUp({ need: { givesUp, aloneCovered, covered, full } }: { need: BulkNeed }) {
  const say = useWords(bulkWords)
  const format = useFormat()
  if (givesUp === null) return <>—</>
  if (givesUp === 0) return <span className="faint">{say('givesUpNone')}</span>
  const fewer = (aloneCovered ?? 0) - (covered ?? 0)
  return (
    <>
      {say('givesUpOf', { points: format.number(givesUp) })}
      <span className={`${classes.under} faint`}>
        {[fewer > 0 ? say('fewer', { count: fewer }) : '', full ? say('full', { count: full }) : '']
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
}
