import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import {
  type NextPartner,
  PARTNERS_GIVEN_MAX,
  PARTNERS_WITHOUT_MAX,
  type Partners,
} from '#stages/compose/partners-model.ts'
import { useAddress } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Badge, KindBadge } from '../../ui/badges.tsx'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useName, usePlace } from '../match/names.ts'
import { placeOfKind } from '../registry/kinds.ts'
import { registryWords } from '../registry/words.ts'
import type { Choices } from './body.tsx'
import { usePartnerReason } from './partner-reasons.ts'
import classes from './partners.module.css'
import { partnersWords } from './partners-words.ts'
import { composeWords } from './words.ts'

const SKELETON_PX = 200
/** While the zone's own past is being learned from, the list is asked for anew so often. */
const LEARNING_LOOK_MS = 15_000
/** Digits of a score: enough to tell neighbours apart. */
const DIGITS = 2

interface Team {
  needId: string
  members: readonly { id: string }[]
  /** Not to be named: left out, or having said no. */
  without?: readonly { id: string }[]
  /** Absent where nobody can be taken in. */
  choices?: Choices
}

/** Who belongs with the members of a team: the next organisations, with both scores and what speaks for them. */
export function PartnersPart({ needId, members, without = [], choices }: Team) {
  const say = useWords(partnersWords)
  const { search, set } = useAddress()
  const by = search.partners === 'merit' ? 'merit' : 'history'
  const given = members.slice(0, PARTNERS_GIVEN_MAX)
  const left = [...members.slice(PARTNERS_GIVEN_MAX), ...without].slice(0, PARTNERS_WITHOUT_MAX)
  const joined = (parties: readonly { id: string }[]) => parties.map(({ id }) => id).join(',')
  const [isLearning, setIsLearning] = useState(false)
  const { data, error, refetch } = useRead(composeApi.partners, {
    params: { need: needId },
    query: { given: joined(given), without: joined(left), by },
    keep: true,
    everyMs: isLearning ? LEARNING_LOOK_MS : false,
  })
  useEffect(() => setIsLearning(Boolean(data?.learning)), [data])
  const order = (
    <SegmentedControl
      size="xs"
      aria-label={say('order')}
      value={by}
      onChange={(value) => set({ partners: value === 'merit' ? value : undefined })}
      data={[
        { value: 'history', label: say('history') },
        { value: 'merit', label: say('merit') },
      ]}
    />
  )
  return (
    <Section title={say('title')} action={data?.meritOnly ? null : order}>
      <p className="soft">{say('tell')}</p>
      <ErrorNote error={error} retry={() => void refetch()} />
      {data ? <Answer partners={data} {...(choices ? { choices } : {})} /> : null}
      {data || error ? null : <Skeleton height={SKELETON_PX} />}
    </Section>
  )
}

function Answer({ partners, choices }: { partners: Partners; choices?: Choices }) {
  const say = useWords(partnersWords)
  const format = useFormat()
  const { rows, meritOnly, projects, organisations, before, learned, learning } = partners
  return (
    <>
      {meritOnly ? <Note>{say(projects ? 'noTies' : 'noPast')}</Note> : null}
      {learning ? (
        <Note>
          {say(learned.school === 'zone' ? 'learningAnew' : 'learning', { share: format.percent(learning.share) })}
        </Note>
      ) : null}
      {rows.length ? (
        <ol className={classes.list}>
          {rows.map((row) => (
            <PartnerCard key={row.id} partner={row} partners={partners} {...(choices ? { choices } : {})} />
          ))}
        </ol>
      ) : (
        <p>{say('none')}</p>
      )}
      <p className="faint">
        {say(`learned.${learned.school}`, {
          consortia: format.number(learned.consortia),
          before: format.date(learned.before),
        })}
        {say('seen', {
          count: projects,
          day: format.date(before),
          organisations: format.number(organisations),
        })}
      </p>
    </>
  )
}

function PartnerCard({ partner, partners, choices }: { partner: NextPartner; partners: Partners; choices?: Choices }) {
  const say = useWords(partnersWords)
  const kinds = useWords(registryWords)
  const format = useFormat()
  const nameOf = useName()
  const place = usePlace()
  const reason = usePartnerReason()
  const name = nameOf(partner)
  const { oneProjectMore } = partner
  return (
    <li className={classes.partner} data-party={choices ? partner.id : undefined}>
      <div className={classes.head}>
        <div className={classes.who}>
          <h3>
            <Go to={`/organisations/${partner.id}`} quiet>
              {name}
            </Go>
          </h3>
          <p className={classes.where}>
            <KindBadge place={placeOfKind(partner.kind)}>{kinds(`kind.${partner.kind}`)}</KindBadge>
            <span>{place(partner)}</span>
            {partner.newcomer ? (
              <span title={say('newcomerTell')}>
                <Badge tone="quiet">{say('newcomer')}</Badge>
              </span>
            ) : null}
          </p>
        </div>
        <div className={classes.side}>
          <Scores partner={partner} partners={partners} />
          {choices ? <PinButton id={partner.id} name={name} choices={choices} /> : null}
        </div>
      </div>
      <ul className={classes.reasons}>
        {partner.reasons.map((one) => (
          <li key={one.kind}>
            <span>{reason(one)}</span>
            <span className="faint">{say('points', { points: format.number(one.points, DIGITS) })}</span>
          </li>
        ))}
        {oneProjectMore === null ? null : (
          <li className="soft">
            <span>{say('oneProjectMore', { points: format.number(oneProjectMore, DIGITS) })}</span>
          </li>
        )}
      </ul>
    </li>
  )
}

function Scores({ partner, partners: { by, meritOnly } }: { partner: NextPartner; partners: Partners }) {
  const say = useWords(partnersWords)
  const format = useFormat()
  const { places, score, merit } = partner
  const shown = meritOnly ? (['merit'] as const) : (['history', 'merit'] as const)
  return (
    <dl className={classes.scores}>
      {shown.map((key) => (
        <div key={key} data-first={key === by || meritOnly || undefined}>
          <dt>{say(key)}</dt>
          <dd>{say('place', { place: places[key] })}</dd>
          <dd>{say('score', { score: format.number(key === 'merit' ? merit : score, DIGITS) })}</dd>
        </div>
      ))}
    </dl>
  )
}

function PinButton({ id, name, choices }: { id: string; name: string; choices: Choices }) {
  const say = useWords(composeWords)
  const pinned = choices.isPinned(id)
  return (
    <Button
      size="compact-sm"
      className="unprinted"
      variant={pinned ? 'light' : 'default'}
      leftSection={<Icon name="pin" size={14} />}
      aria-pressed={pinned}
      onClick={() => choices.togglePin(id)}
    >
      {say(pinned ? 'unpin' : 'pin')}
      <span className="unseen"> {name}</span>
    </Button>
  )
}
