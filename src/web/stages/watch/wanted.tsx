import { Button, Skeleton } from '@mantine/core'
import { watchApi } from '#stages/watch/api.ts'
import type { Want, Wanted as WantedAnswer, WantedKind } from '#stages/watch/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useTimeZone, useZone } from '../../lib/zone.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ScoreBar } from '../../ui/score-bar.tsx'
import { tell } from '../../ui/toasts.tsx'
import { Evidence } from '../match/evidence.tsx'
import { isCovered, POINTS, useReasons } from '../match/reasons.ts'
import { CoverStrip } from '../match/strip.tsx'
import { matchWords } from '../match/words.ts'
import classes from './watch.module.css'
import { watchWords } from './words.ts'

const REASONS_SHOWN = 3
const AT_HOME = 3

/** The open needs that want an organisation or a result, with the reasons, and a button to be told of new ones. */
export function Wanted({ kind, id, name }: { kind: WantedKind; id: string; name: string }) {
  const say = useWords(watchWords)
  const ofOrganisation = useRead(watchApi.wantedOrganisation, {
    params: { organisation: id },
    enabled: kind === 'wanted_organisation',
  })
  const ofResult = useRead(watchApi.wantedResult, { params: { result: id }, enabled: kind === 'wanted_result' })
  const { data, error, isPending, refetch } = kind === 'wanted_organisation' ? ofOrganisation : ofResult
  return (
    <Section title={say('wanted')} action={<WatchWanted kind={kind} id={id} name={name} />}>
      {isPending ? <Skeleton height={160} /> : null}
      <ErrorNote error={error} retry={() => void refetch()} />
      {data ? <WantedBody wanted={data} /> : null}
    </Section>
  )
}

function WantedBody({ wanted: { rows, total, looked } }: { wanted: WantedAnswer }) {
  const say = useWords(watchWords)
  if (!total) return <Empty title={say('wantedNone')}>{say('wantedNoneTell', { looked })}</Empty>
  return (
    <>
      <p className="soft">
        {say('wantedTell', { count: total, looked })}{' '}
        {total > rows.length ? say('wantedMany', { shown: rows.length }) : ''}
      </p>
      <ol className={classes.wants}>
        {rows.map((want, at) => (
          <WantRow key={want.need.id} want={want} rank={at + 1} whole />
        ))}
      </ol>
      <p className="faint">{say('wantedRule')}</p>
    </>
  )
}

/** On the first page of whoever speaks for an organisation. Says nothing where nothing wants it. */
export function WantedAtHome() {
  const { caller } = useZone()
  return caller.organisationId ? <AtHome id={caller.organisationId} /> : null
}

function AtHome({ id }: { id: string }) {
  const say = useWords(watchWords)
  const { data } = useRead(watchApi.wantedOrganisation, { params: { organisation: id } })
  if (!data?.total) return null
  return (
    <Section
      title={say('wantedYou')}
      action={
        <Go to={`/organisations/${id}`} search={{ tab: 'wanted' }}>
          {say('wantedAll', { count: data.total })}
        </Go>
      }
    >
      <ol className={classes.wants}>
        {data.rows.slice(0, AT_HOME).map((want, at) => (
          <WantRow key={want.need.id} want={want} rank={at + 1} />
        ))}
      </ol>
    </Section>
  )
}

function WatchWanted({ kind, id, name }: { kind: WantedKind; id: string; name: string }) {
  const say = useWords(watchWords)
  const { data } = useRead(watchApi.watches)
  const add = useWrite(watchApi.addWatch)
  if (!data) return null
  if (data.rows.some((watch) => watch.kind === kind && watch.subjectId === id))
    return <Go to="/watches">{say('wantedWatched')}</Go>
  const watch = () =>
    add.run({ body: { kind, subjectId: id, name: [...say('wantedName', { name })].slice(0, 80).join('') } }).then(
      () => tell(say('wantedToast')),
      () => undefined,
    )
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Icon name="bell" size={16} />}
        loading={add.isRunning}
        onClick={() => void watch()}
      >
        {say('wantedWatch')}
      </Button>
      <ErrorNote error={add.refusal} />
    </>
  )
}

function WantRow({ want, rank, whole = false }: { want: Want; rank: number; whole?: boolean }) {
  const say = useWords(watchWords)
  const format = useFormat()
  const text = useText()
  const term = useTerm()
  const timeZone = useTimeZone()
  const sayMatch = useWords(matchWords)
  const { reason, raise } = useReasons(want)
  const { need, capabilities, cells } = want
  const score = format.number(want.score * POINTS, 0)
  const merit = format.number(want.merit * POINTS, 0)
  const covered = capabilities.filter(({ id }) => isCovered(want, id)).length
  const levels = new Map(cells.map(({ capability, level }) => [capability, level]))
  const due = need.deadline ? format.deadline(need.deadline, timeZone) : null
  return (
    <li className={classes.want} data-want={need.id}>
      <div className={classes.wantHead}>
        <div className={classes.naming}>
          <h3>
            <span className="unseen">{say('rank', { rank })} </span>
            <Go to={`/needs/${need.id}`} quiet>
              {text(need.titles) || need.title}
            </Go>
          </h3>
          <p className={classes.facts}>
            {need.sponsors.length ? (
              <span>{say('sponsors', { names: format.list(need.sponsors.map(({ name }) => term(name))) })}</span>
            ) : null}
            {due ? <span>{due.text}</span> : null}
          </p>
        </div>
        <div className={classes.score}>
          <b>
            <span className="unseen">
              {sayMatch('score', { score })}, {sayMatch('meritOf', { merit })}
            </span>
            <span aria-hidden>{score}</span>
          </b>
          <ScoreBar score={want.score} />
          <span className={`${classes.secondScore} figures`} aria-hidden>
            <span>{sayMatch('withHistory')}</span>
            <span>
              {sayMatch('merit')} {merit}
            </span>
          </span>
        </div>
      </div>
      <p className={classes.shape}>
        <CoverStrip
          label={say('covers', { count: covered, of: capabilities.length })}
          cells={capabilities.map((capability) => ({
            key: capability.id,
            name: text(capability.names) || capability.name,
            level: levels.get(capability.id) ?? 0,
          }))}
        />
        <span className="soft figures">{say('covers', { count: covered, of: capabilities.length })}</span>
      </p>
      <ul className={classes.reasons}>
        {want.reasons.slice(0, whole ? REASONS_SHOWN : 1).map((one) => (
          <li key={`${one.kind}:${one.capability ?? ''}`}>
            <p>{reason(want, one)}</p>
            {whole && one.evidence ? <Evidence quote={one.evidence} /> : null}
          </li>
        ))}
      </ul>
      {whole && want.raises.length ? (
        <p className="soft">
          {sayMatch('raiseHead')}
          {sayMatch.language === 'zh' ? '：' : ': '}
          {want.raises.map(raise).join(sayMatch.language === 'zh' ? '；' : '; ')}
        </p>
      ) : null}
    </li>
  )
}
