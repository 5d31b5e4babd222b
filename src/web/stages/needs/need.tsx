import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { isMember } from '#stages/caller.ts'
import { isSponsorOrStaff } from '#stages/needs/access.ts'
import { needsApi } from '#stages/needs/api.ts'
import type { Need } from '#stages/needs/model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useTimeZone, useZone } from '../../lib/zone.ts'
import { Badge, Tags } from '../../ui/badges.tsx'
import { DetailPage, Facts } from '../../ui/detail/detail-page.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { Loading } from '../../ui/loading.tsx'
import { AnswerNeed } from '../match/answer-need.tsx'
import { MoveButtons, OtherButtons } from './move-buttons.tsx'
import { NeedBody } from './need-body.tsx'
import { NeedTabs } from './need-tabs.tsx'
import { NeedStateBadge } from './state.tsx'
import { needWords } from './words.ts'

export function NeedRecord() {
  const { need: id } = useParams({ strict: false }) as { need: string }
  const { data, error, refetch } = useRead(needsApi.need, { params: { need: id }, keep: true })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return data ? <NeedPage need={data} /> : <Loading />
}

function NeedPage({ need }: { need: Need }) {
  const say = useWords(needWords)
  const text = useText()
  const go = useGo()
  const { caller } = useZone()
  const format = useFormat()
  const timeZone = useTimeZone()
  const { state, circle, deadline } = need
  const standing = { state, circle, sponsorIds: need.sponsors.map((sponsor) => sponsor.id) }
  const mayMatch = isMember(caller) && isSponsorOrStaff(caller, standing)
  const isComposable = mayMatch && (state === 'open' || state === 'matched')
  const answer =
    state === 'open'
      ? deadline
        ? say('answer.open', { left: format.deadline(deadline, timeZone).text })
        : say('answer.openNoDate')
      : say(`answer.${state}`)
  return (
    <DetailPage
      title={text(need.title)}
      badges={
        <>
          <NeedStateBadge state={state} />
          <Badge tone="quiet">{say(`circle.${circle}`)}</Badge>
          {need.joint ? <Badge>{say('joint')}</Badge> : null}
        </>
      }
      answer={answer}
      moreActions={
        <>
          <OtherButtons need={need} />
          {need.mayChange ? (
            <Button variant="default" onClick={() => go(`/needs/${need.id}/edit`)}>
              {say('edit')}
            </Button>
          ) : null}
          <MoveButtons need={need} quiet={isComposable} />
        </>
      }
      action={isComposable ? <Button onClick={() => go(`/needs/${need.id}/compose`)}>{say('propose')}</Button> : null}
      facts={<NeedFacts need={need} />}
    >
      {mayMatch ? <NeedTabs need={need.id} /> : <AnswerNeed need={need} />}
      <NeedBody need={need} />
    </DetailPage>
  )
}

function NeedFacts({ need }: { need: Need }) {
  const say = useWords(needWords)
  const format = useFormat()
  const term = useTerm()
  const timeZone = useTimeZone()
  const { nameOf } = useSegments()
  const { conditions, budget, deadline } = need
  const wanted = Object.entries(conditions.kinds ?? {}) as [keyof NonNullable<Need['conditions']['kinds']>, number][]
  return (
    <Facts
      of={[
        {
          key: 'sponsors',
          label: say('sponsors'),
          value: need.sponsors.map((sponsor) => (
            <div key={sponsor.id}>
              <Go to={`/organisations/${sponsor.id}`}>{term(sponsor.name)}</Go>
            </div>
          )),
        },
        { key: 'trl', label: say('trl'), value: need.trl ? `TRL ${need.trl.from}–${need.trl.to}` : null },
        {
          key: 'budget',
          label: say('budget'),
          value: budget ? <span title={format.moneyExact(budget)}>{format.money(budget)}</span> : null,
        },
        {
          key: 'deadline',
          label: say('deadline'),
          value: deadline ? `${format.date(deadline)} · ${format.deadline(deadline, timeZone).text}` : null,
        },
        {
          key: 'regions',
          label: say('regions'),
          value: conditions.regions?.length ? format.list(conditions.regions.map(term), 'or') : null,
        },
        {
          key: 'kinds',
          label: say('kinds'),
          value: wanted.length ? format.list(wanted.map(([kind, count]) => say(`atLeast.${kind}`, { count }))) : null,
        },
        { key: 'min', label: say('minMembers'), value: conditions.minMembers ?? null },
        { key: 'max', label: say('maxMembers'), value: conditions.maxMembers ?? null },
        { key: 'segment', label: say('segment'), value: nameOf(need.segment) },
        {
          key: 'fields',
          label: say('fields'),
          value: need.fields.length ? <Tags of={need.fields.map(term)} most={8} /> : null,
        },
      ]}
    />
  )
}
