import { Skeleton } from '@mantine/core'
import { matchApi } from '#stages/match/api.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Badge, type Tone } from '../../ui/badges.tsx'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { type Answer, type Said, useAnswerWords } from './answers.ts'
import classes from './match.module.css'
import { useName } from './names.ts'
import { matchTitles } from './titles.ts'
import { matchWords } from './words.ts'

const TONES: Record<Answer, Tone> = { interest: 'good', refusal: 'look', later: 'quiet' }

/** What my organisation has said and heard on needs: as a candidate, and as a sponsor. */
export function Responses() {
  const say = useWords(matchWords)
  const titles = useWords(matchTitles)
  const { caller } = useZone()
  const { data, error, isPending, refetch } = useRead(matchApi.myResponses)
  const mine = caller.organisationId
  // The offer's side is mine where the organisation is mine; else the need is, and its side.
  const isGiven = (said: Said) => (said.side === 'offer') === (said.organisationId === mine)
  const rows = data?.rows ?? []
  return (
    <DetailPage title={titles('responses')} answer={say('responsesTell')}>
      <ErrorNote error={error} retry={() => void refetch()} />
      {isPending ? <Skeleton height={200} /> : null}
      {data && mine === null && !data.inZone ? <Empty title={say('noOrganisation')} /> : null}
      {data && mine !== null ? (
        <>
          <Section title={say('received')}>
            <SaidTable
              rows={rows.filter((said) => !isGiven(said))}
              none={say('receivedNone')}
              label={say('received')}
            />
          </Section>
          <Section title={say('given')}>
            <SaidTable rows={rows.filter(isGiven)} none={say('givenNone')} label={say('given')} />
          </Section>
        </>
      ) : null}
      {data?.inZone ? (
        <Section title={say('inZone')}>
          <SaidTable rows={data.inZone} none={say('inZoneNone')} label={say('inZone')} inZone />
        </Section>
      ) : null}
    </DetailPage>
  )
}

function SaidTable({
  rows,
  none,
  label,
  inZone = false,
}: {
  rows: readonly Said[]
  none: string
  label: string
  /** Says of each which side it was. */
  inZone?: boolean
}) {
  const say = useWords(matchWords)
  const format = useFormat()
  const name = useName()
  const inWords = useAnswerWords()
  const sideInWords = (said: Said) => say('saidBy', { side: say(`side.${said.side}`), answer: inWords(said) })
  const { caller } = useZone()
  if (!rows.length) return <p className="soft">{none}</p>
  return (
    <table className={classes.saidTable} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{say('answer')}</th>
          <th scope="col">{say('need')}</th>
          <th scope="col">{say(inZone ? 'candidate' : 'counterpart')}</th>
          <th scope="col">{say('when')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((said) => (
          <tr key={said.id}>
            <td data-label={say('answer')}>
              <Badge tone={TONES[said.answer]}>{inZone ? sideInWords(said) : inWords(said)}</Badge>
              {said.note ? <p className="soft">{said.note}</p> : null}
            </td>
            <td data-label={say('need')}>
              <Go to={`/needs/${said.needId}`}>{name({ name: said.needTitle, names: said.needTitles })}</Go>
              {said.resultId ? (
                <p>
                  <Go to={`/results/${said.resultId}`}>{say('aboutResult')}</Go>
                </p>
              ) : null}
            </td>
            <td data-label={say(inZone ? 'candidate' : 'counterpart')}>
              {!inZone && said.organisationId === caller.organisationId ? (
                say('side.need')
              ) : (
                <Go to={`/organisations/${said.organisationId}`}>
                  {name({ name: said.organisationName, names: said.organisationNames })}
                </Go>
              )}
            </td>
            <td data-label={say('when')} title={format.instant(said.at)} className="nowrap">
              {format.ago(said.at)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
