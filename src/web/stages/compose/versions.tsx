import { Button, MultiSelect, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import type { z } from 'zod'
import { composeApi } from '#stages/compose/api.ts'
import type { Compared } from '#stages/compose/invitation-model.ts'
import { PART_KINDS, type Proposal, type Proposals } from '#stages/compose/model.ts'
import { useAddress, useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { NeedTabs } from '../needs/need-tabs.tsx'
import { TeamComparison } from './comparison.tsx'
import { columnOf } from './others-part.tsx'
import { VersionConditions } from './version-conditions.tsx'
import { VersionMix } from './version-mix.tsx'
import { VersionRules } from './version-rules.tsx'
import { VersionTable } from './version-table.tsx'
import { versionWords } from './version-words.ts'

const LISTED_MAX = 50
const COMPARED_MIN = 2
const COMPARED_MAX = 4

/** Two to four versions of a need's proposal side by side; which ones stands in the address. */
export function Versions() {
  const { need } = useParams({ strict: false }) as { need: string }
  const { data, error, refetch } = useRead(composeApi.proposals, {
    params: { need },
    query: { size: LISTED_MAX },
    keep: true,
  })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return data ? <Chosen versions={data} /> : <Skeleton height={320} />
}

type Listed = z.infer<typeof Proposals>

function Chosen({ versions }: { versions: Listed }) {
  const say = useWords(versionWords)
  const text = useText()
  const format = useFormat()
  const go = useGo()
  const { search, set } = useAddress()
  const { need, rows, total } = versions
  const known = (search.of ?? '').split(',').filter((id) => rows.some((row) => row.id === id))
  const chosen = (
    known.length
      ? known
      : rows
          .slice(0, COMPARED_MIN)
          .map(({ id }) => id)
          .reverse()
  ).slice(0, COMPARED_MAX)
  const nameOf = (id: string) => say('version', { nth: total - rows.findIndex((row) => row.id === id) })
  return (
    <DetailPage title={text(need.title) || need.name} answer={say('tell')}>
      <NeedTabs need={need.id} />
      {rows.length < COMPARED_MIN ? (
        <Empty
          title={say('none')}
          action={<Button onClick={() => go(`/needs/${need.id}/compose`)}>{say('toCompose')}</Button>}
        >
          {say('noneTell')}
        </Empty>
      ) : (
        <>
          <MultiSelect
            label={say('choose')}
            description={say('chooseTell', { most: COMPARED_MAX })}
            maxValues={COMPARED_MAX}
            data={rows.map((row) => ({
              value: row.id,
              label: [nameOf(row.id), format.instant(row.at), row.by].filter(Boolean).join(' · '),
            }))}
            value={chosen}
            onChange={(ids) => set({ of: ids.join(',') })}
          />
          <Loaded ids={chosen} nameOf={nameOf} />
        </>
      )}
    </DetailPage>
  )
}

function Loaded({ ids, nameOf }: { ids: readonly string[]; nameOf: (id: string) => string }) {
  const reads = [useVersion(ids[0]), useVersion(ids[1]), useVersion(ids[2]), useVersion(ids[3])].slice(0, ids.length)
  const failed = reads.find(({ error }) => error)
  if (failed) return <ErrorNote error={failed.error} retry={() => void failed.refetch()} />
  const loaded = reads.flatMap(({ data }) => (data ? [data] : []))
  if (loaded.length < ids.length) return <Skeleton height={320} />
  return <SideBySide versions={loaded} nameOf={nameOf} />
}

const useVersion = (id: string | undefined) =>
  useRead(composeApi.proposal, { params: { proposal: id ?? '' }, enabled: id !== undefined })

function SideBySide({ versions, nameOf }: { versions: readonly Proposal[]; nameOf: (id: string) => string }) {
  const say = useWords(versionWords)
  const [first] = versions
  if (!first) return null
  const capabilities = versions.flatMap((version) => version.capabilities)
  const once = capabilities.filter(({ id }, at) => capabilities.findIndex((one) => one.id === id) === at)
  return (
    <>
      <Section title={say('teams')}>
        <TeamComparison capabilities={once} teams={versions.map((version) => columnOf(version, nameOf(version.id)))} />
      </Section>
      <Section title={say('parts')}>
        <Parts versions={versions} nameOf={nameOf} />
      </Section>
      <Section title={say('mix')}>
        <VersionMix versions={versions} nameOf={nameOf} />
      </Section>
      <Section title={say('rules')}>
        <VersionRules versions={versions} nameOf={nameOf} />
      </Section>
      <Section title={say('conditions')}>
        <VersionConditions versions={versions} nameOf={nameOf} />
      </Section>
    </>
  )
}

/** The objective and what it is made of, each kind of part summed. */
function Parts({ versions, nameOf }: { versions: readonly Compared[]; nameOf: (id: string) => string }) {
  const say = useWords(versionWords)
  const format = useFormat()
  const sumOf = ({ parts }: Compared, kind: (typeof PART_KINDS)[number]) =>
    parts.filter((part) => part.kind === kind).reduce((sum, { points }) => sum + points, 0)
  const kinds = PART_KINDS.filter((kind) => versions.some((version) => sumOf(version, kind) !== 0))
  return (
    <VersionTable
      label={say('parts')}
      corner={say('part')}
      names={versions.map(({ id }) => nameOf(id))}
      figures
      rows={[
        ...kinds.map((kind) => ({
          key: kind,
          head: say(`part.${kind}`),
          cells: versions.map((version) => format.number(sumOf(version, kind), 0)),
        })),
        {
          key: 'objective',
          head: say('objective'),
          strong: true,
          cells: versions.map(({ objective }) => (objective === null ? say('noTeam') : format.number(objective, 0))),
        },
      ]}
    />
  )
}
