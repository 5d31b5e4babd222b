import { Button, Menu, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { composeApi } from '#stages/compose/api.ts'
import { BULK_LISTS, type BulkRun } from '#stages/compose/bulk-model.ts'
import { useGo } from '../../lib/address.ts'
import { downloadAddress } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useSlug } from '../../lib/zone-slug.ts'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useName } from '../match/names.ts'
import classes from './bulk.module.css'
import { BulkNeeds } from './bulk-needs.tsx'
import { BulkSeats } from './bulk-seats.tsx'
import { BulkTotals } from './bulk-totals.tsx'
import { bulkWords } from './bulk-words.ts'
import { composeWords } from './words.ts'

const HASH_SHOWN = 12

/** What came of composing for many needs at once. */
export function BulkOutcome() {
  const say = useWords(bulkWords)
  const go = useGo()
  const id = useParams({ strict: false }).run ?? ''
  const { data: run, error, refetch } = useRead(composeApi.bulkRun, { params: { run: id } })
  return (
    <DetailPage
      title={say('run')}
      answer={run ? <Answer run={run} /> : null}
      moreActions={run ? <ExportMenu id={id} /> : null}
      action={<Button onClick={() => go('/compose-all')}>{say('again')}</Button>}
    >
      <ErrorNote error={error} retry={() => void refetch()} />
      {!run && !error ? <Skeleton height={320} /> : null}
      {run ? <Outcome run={run} /> : null}
    </DetailPage>
  )
}

const hasTeam = ({ members }: BulkRun['needs'][number]) => members.length > 0

function Answer({ run }: { run: BulkRun }) {
  const say = useWords(bulkWords)
  const format = useFormat()
  const { needs, totals } = run
  const sum = (value: (need: BulkRun['needs'][number]) => number) =>
    needs.reduce((total, need) => total + value(need), 0)
  const told = say('answer', {
    of: format.number(needs.length),
    teams: format.number(needs.filter(hasTeam).length),
    covered: format.number(sum(({ covered }) => covered ?? 0)),
    capabilities: format.number(sum(({ of }) => of)),
  })
  const isPart = needs.some(({ kept }) => kept)
  const how =
    totals.gap === 0
      ? say(isPart ? 'answerBestBeside' : 'answerBest')
      : say('answerGap', { gap: format.percent(totals.gap, 2) })
  return (
    <>
      {told}
      {say.language === 'zh' ? '' : ' '}
      {how}
    </>
  )
}

function Outcome({ run }: { run: BulkRun }) {
  const say = useWords(bulkWords)
  const sayCompose = useWords(composeWords)
  const format = useFormat()
  const name = useName()
  const stale = run.needs.filter((need) => need.stale).length
  const { options } = run
  const kept = run.needs.filter((need) => need.kept).length
  const crowded = run.needs.filter(({ status }) => status === 'crowded_out').length
  return (
    <>
      {run.stopped ? <Note tone="look">{say(run.stopped === 'time' ? 'stoppedTime' : 'stoppedCancelled')}</Note> : null}
      {stale ? <Note tone="look">{say('stale', { count: stale })}</Note> : null}
      {kept ? <Note>{say('keptCount', { count: kept })}</Note> : null}
      {crowded ? <Note tone="look">{say('crowded', { count: crowded })}</Note> : null}
      <BulkTotals run={run} />
      <BulkNeeds needs={run.needs} />
      <BulkSeats run={run} />
      {run.skipped.length ? (
        <Section title={say('skipped')}>
          <ul className={classes.plain}>
            {run.skipped.map((need) => (
              <li key={need.id} className={classes.left}>
                <Go to={`/needs/${need.id}`}>{name({ name: need.name, names: need.title })}</Go>
                <span className="faint">{say(`skip.${need.reason}`)}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={say('how')}>
        <p className="soft">
          {say('howOptions', { capacity: options.capacity, weights: sayCompose(`weights.${options.weights}`) })}
        </p>
        <p className="faint figures">
          {say('howTell', {
            searches: format.number(run.searches),
            time: format.duration(run.seconds),
            engine: run.engine,
            seed: run.seed,
            hash: run.inputsHash.slice(0, HASH_SHOWN),
          })}
        </p>
      </Section>
    </>
  )
}

function ExportMenu({ id }: { id: string }) {
  const say = useWords(bulkWords)
  const zone = useSlug() ?? ''
  const words = { needs: 'exportNeeds', seats: 'exportSeats' } as const
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="export" size={16} />}>
          {say('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {BULK_LISTS.flatMap((list) =>
          (['xlsx', 'csv'] as const).map((format) => (
            <Menu.Item
              key={`${list}.${format}`}
              component="a"
              download
              href={downloadAddress(composeApi.exportBulkRun, {
                params: { zone, run: id },
                query: { list, format, language: say.language },
              })}
              leftSection={<Icon name="file" size={16} />}
            >
              {say(words[list], { format: format.toUpperCase() })}
            </Menu.Item>
          )),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
