import { Button, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { registryApi } from '#stages/registry/api.ts'
import type { Result } from '#stages/registry/result-model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText, useTexts } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useTimeZone } from '../../lib/zone.ts'
import { Badge, KindBadge, Tags, TrlBadge } from '../../ui/badges.tsx'
import { DetailPage, Facts, Section } from '../../ui/detail/detail-page.tsx'
import { History } from '../../ui/detail/history.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { tell } from '../../ui/toasts.tsx'
import { uiWords } from '../../ui/words.ts'
import { Wanted } from '../watch/wanted.tsx'
import { EvidencePanel } from './evidence.tsx'
import { placeOfKind } from './kinds.ts'
import { useActionNames } from './organisation-values.tsx'
import classes from './registry.module.css'
import { useResultFactNames, useResultFactValues } from './result-values.tsx'
import { resultWords } from './result-words.ts'
import { plainTexts, SourceSays } from './source-says.tsx'

/** A result's page. */
export function ResultRecord() {
  const { result: id } = useParams({ strict: false }) as { result: string }
  const { data, error, isPending, refetch } = useRead(registryApi.result, { params: { result: id } })
  if (isPending) return <Skeleton height={320} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return <Record result={data} />
}

function Record({ result }: { result: Result }) {
  const say = useWords(resultWords)
  const sayUi = useWords(uiWords)
  const text = useText()
  const texts = useTexts()
  const format = useFormat()
  const term = useTerm()
  const go = useGo()
  const remove = useWrite(registryApi.removeResult)
  const restore = useWrite(registryApi.restoreResult)
  const field = useResultFactNames()
  const value = useResultFactValues()
  const action = useActionNames()
  const name = text(result.titles) || result.title
  const summary = texts(result.summary)
  const owner = format.list(result.owners.map((one) => term(one.name)))
  const takeAway = async () => {
    try {
      await remove.run({ params: { result: result.id } })
    } catch {
      return
    }
    tell(say('removed', { name }), { undo: () => restore.run({ params: { result: result.id } }) })
    go('/results', {}, { replace: true })
  }
  return (
    <DetailPage
      title={name}
      badges={
        <>
          <TrlBadge level={result.trl} />
          {result.wantedDeal.map((deal) => (
            <Badge key={deal}>{say(`deal.${deal}`)}</Badge>
          ))}
        </>
      }
      answer={result.trl ? say('answer', { owner, trl: format.trl(result.trl) }) : say('answerNoTrl', { owner })}
      moreActions={
        result.mayEdit ? (
          <Button variant="default" loading={remove.isRunning} onClick={() => void takeAway()}>
            {say('remove')}
          </Button>
        ) : null
      }
      action={
        result.mayEdit ? (
          <Button leftSection={<Icon name="edit" size={16} />} onClick={() => go(`/results/${result.id}/edit`)}>
            {say('edit')}
          </Button>
        ) : null
      }
      notes={
        <>
          <ErrorNote error={remove.refusal} />
          <SourceNotes result={result} />
        </>
      }
      facts={<FactsOf result={result} />}
      tabs={[
        {
          key: 'overview',
          label: say('overview'),
          content: (
            <>
              <Section title={say('fact.summary')}>
                {summary ? (
                  <>
                    <p className={classes.prose} lang={summary.language}>
                      {summary.text}
                    </p>
                    {summary.otherLanguage ? <p className="faint">{summary.otherLanguage}</p> : null}
                  </>
                ) : (
                  <p className="soft">{say('noSummary')}</p>
                )}
              </Section>
              <Section title={say('ip')}>
                <Rights of={result.ip} />
              </Section>
              <EvidencePanel subjectKind="result" subject={result.id} />
            </>
          ),
        },
        {
          key: 'wanted',
          label: say('wanted'),
          content: <Wanted kind="wanted_result" id={result.id} name={name} />,
        },
        {
          key: 'history',
          label: sayUi('history'),
          content: (
            <Section title={sayUi('history')}>
              <p className="soft">
                {result.provenance.importId
                  ? sayUi('fromImport', { name: result.provenance.importName ?? '' })
                  : sayUi('typedHere')}
              </p>
              <History kind="result" id={result.id} words={{ action, field, value }} />
            </Section>
          ),
        },
      ]}
    />
  )
}

function SourceNotes({ result }: { result: Result }) {
  const say = useWords(resultWords)
  const label = useResultFactNames()
  const show = useResultFactValues()
  const write = useWrite(registryApi.changeResult)
  const { id, revision, provenance } = result
  const answer = async (field: string, take: boolean) => {
    const said = take ? { [field]: plainTexts(provenance.sourceSays[field]?.value) } : { keeps: [field] }
    try {
      await write.run({ params: { result: id }, body: { revision, ...said } as never })
    } catch {
      return
    }
    tell(say(take ? 'took' : 'kept', { field: label(field) }))
  }
  return (
    <>
      <SourceSays
        title={say('sourceTitle')}
        sourceSays={provenance.sourceSays}
        source={provenance.importName ?? ''}
        label={label}
        show={show}
        answer={result.mayEdit ? answer : undefined}
      />
      <ErrorNote error={write.refusal} />
    </>
  )
}

function Rights({ of }: { of: Result['ip'] }) {
  const say = useWords(resultWords)
  const format = useFormat()
  const timeZone = useTimeZone()
  if (!of.length) return <p className="soft">{say('noIp')}</p>
  return (
    <ul className={classes.rows}>
      {of.map((right) => (
        <li key={`${right.kind} ${right.number}`}>
          <span className={classes.name}>
            <b>{say(`ip.${right.kind}`)}</b> {right.number ? <code>{right.number}</code> : null}
            {right.note ? (
              <p className={classes.look}>{say(`note.${right.note}`, { expected: right.expected ?? '' })}</p>
            ) : null}
          </span>
          <span className={classes.more}>
            {right.status ? (
              <Badge tone={right.status === 'granted' ? 'good' : right.status === 'pending' ? 'plain' : 'quiet'}>
                {say(`status.${right.status}`)}
              </Badge>
            ) : null}
            {right.expires ? (
              <span>
                {format.date(right.expires)} · {format.deadline(right.expires, timeZone).text}
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  )
}

function FactsOf({ result }: { result: Result }) {
  const say = useWords(resultWords)
  const sayUi = useWords(uiWords)
  const format = useFormat()
  const term = useTerm()
  const { nameOf } = useSegments()
  return (
    <>
      <h2 className="unseen">{sayUi('facts')}</h2>
      <Facts
        of={[
          {
            key: 'owners',
            label: say('owners'),
            value: result.owners.map((owner) => (
              <p key={owner.id} className={classes.owner}>
                <KindBadge place={placeOfKind(owner.kind)}>
                  <Go quiet to={`/organisations/${owner.id}`}>
                    {term(owner.name)}
                  </Go>
                </KindBadge>
              </p>
            )),
          },
          {
            key: 'trl',
            label: say('fact.trl'),
            value: result.trl ? format.trl(result.trl) : null,
            note: result.trlSaid,
          },
          { key: 'segment', label: say('fact.segment'), value: nameOf(result.segment) },
          result.fields.length
            ? { key: 'fields', label: say('fact.fields'), value: <Tags of={result.fields} most={12} /> }
            : null,
          { key: 'inventors', label: say('fact.inventors'), value: format.list(result.inventors.map(term)) },
          {
            key: 'deal',
            label: say('fact.wantedDeal'),
            value: format.list(
              result.wantedDeal.map((deal) => say(`deal.${deal}`)),
              'or',
            ),
          },
          { key: 'dated', label: say('fact.dated'), value: result.dated ? format.date(result.dated) : null },
        ]}
      />
    </>
  )
}
