import type { Compared } from '#stages/compose/invitation-model.ts'
import type { Condition } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { registryWords } from '../registry/words.ts'
import { sentenceWords } from './sentence-words.ts'
import { VersionTable } from './version-table.tsx'
import { versionWords } from './version-words.ts'

type Held = Compared['conditions']

/** Conditions in which versions differ, each as it was; those that are the same are left out. */
export function VersionConditions({
  versions,
  nameOf,
}: {
  versions: readonly Compared[]
  nameOf: (id: string) => string
}) {
  const say = useWords(versionWords)
  const sentences = useWords(sentenceWords)
  const inWords = useHeldWords()
  const rows = inWords(versions.map(({ conditions }) => conditions)).filter(({ values }) => new Set(values).size > 1)
  if (!rows.length) return <p className="soft">{say('conditionsSame')}</p>
  return (
    <VersionTable
      label={say('conditions')}
      corner={say('condition')}
      names={versions.map(({ id }) => nameOf(id))}
      rows={rows.map(({ condition, values }) => ({
        key: condition,
        head: sentences(`condition.${condition}`),
        cells: values,
      }))}
    />
  )
}

function useHeldWords() {
  const say = useWords(versionWords)
  const kinds = useWords(registryWords)
  const format = useFormat()
  const none = '—'
  const list = (names: readonly string[]) => (names.length ? format.list([...names].sort()) : none)
  const yes = (is: boolean) => say(is ? 'yes' : 'no')
  const words: Partial<Record<Condition, (held: Held) => string>> = {
    minMembers: ({ minMembers }) => (minMembers === null ? none : format.number(minMembers)),
    maxMembers: ({ maxMembers }) => format.number(maxMembers),
    budget: ({ budget }) => (budget ? format.money(budget) : none),
    regions: ({ regions }) => list(regions),
    kinds: (held) =>
      list(
        Object.entries(held.kinds).map(
          ([kind, least]) => `${kinds(`kind.${kind as keyof Held['kinds']}`)} ≥ ${format.number(least)}`,
        ),
      ),
    critical: ({ criticalRequired, criticalCovers }) =>
      criticalCovers > 1 ? `${yes(criticalRequired)} · ≥ ${format.number(criticalCovers)}` : yes(criticalRequired),
    sponsors: ({ sponsorsIn }) => yes(sponsorsIn),
    lead: ({ companyLeads }) => yes(companyLeads),
    pinned: ({ pins }) => list(pins.map(({ name }) => name)),
    banned: ({ bans, refused }) => list([...bans, ...refused].map(({ name }) => name)),
  }
  return (all: readonly Held[]) =>
    (Object.entries(words) as [Condition, (held: Held) => string][]).map(([condition, say]) => ({
      condition,
      values: all.map((held) => say(held)),
    }))
}
