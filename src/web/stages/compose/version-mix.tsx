import type { Proposal } from '#stages/compose/model.ts'
import { isSme } from '#stages/compose/rules.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { useName } from '../match/names.ts'
import { sentenceWords } from './sentence-words.ts'
import { VersionTable } from './version-table.tsx'
import { versionWords } from './version-words.ts'

type Version = Pick<Proposal, 'id' | 'members' | 'conditions'>

/** What each version has and asks of newcomers and small firms, and whom it keeps apart. */
export function VersionMix({ versions, nameOf }: { versions: readonly Version[]; nameOf: (id: string) => string }) {
  const say = useWords(versionWords)
  const sentences = useWords(sentenceWords)
  const format = useFormat()
  const name = useName()
  const known = new Map(versions.flatMap(({ members }) => members.map((one) => [one.id, one] as const)))
  const asked = (least: string | null) => <p className="faint">{least ? say('asked', { least }) : say('notAsked')}</p>
  const newcomersOf = ({ members, conditions: { newcomersMin } }: Version) => {
    // Proposals that were made before it was kept do not say who is a newcomer.
    const isKnown = members.every(({ newcomer }) => newcomer !== undefined)
    const newcomers = members.filter(({ newcomer }) => newcomer)
    return (
      <div>
        {isKnown && members.length ? say('seats', { count: newcomers.length }) : '—'}
        {newcomers.length ? <p className="soft">{format.list(newcomers.map((one) => name(one)))}</p> : null}
        {asked(newcomersMin ? say('seats', { count: newcomersMin }) : null)}
      </div>
    )
  }
  const smesOf = ({ members, conditions: { smeShareMin } }: Version) => {
    const smes = members.filter(isSme)
    return (
      <div>
        {members.length
          ? `${say('seats', { count: smes.length })} · ${format.percent(smes.length / members.length, 0)}`
          : '—'}
        {asked(smeShareMin ? format.percent(smeShareMin / 100, 0) : null)}
      </div>
    )
  }
  const apartOf = ({ conditions: { apart } }: Version) =>
    apart.length ? (
      <div>
        {apart.map(({ a, b, names }) => (
          <p key={`${a} ${b}`}>
            {format.list([a, b].map((id, at) => name(known.get(id) ?? { name: names[at] ?? '' })))}
          </p>
        ))}
      </div>
    ) : (
      <span className="faint">{say('notAsked')}</span>
    )
  const rows = [
    { key: 'newcomers', cells: versions.map(newcomersOf) },
    { key: 'smes', cells: versions.map(smesOf) },
    { key: 'apart', cells: versions.map(apartOf) },
  ] as const
  return (
    <VersionTable
      label={say('mix')}
      corner={say('condition')}
      names={versions.map(({ id }) => nameOf(id))}
      rows={rows.map(({ key, cells }) => ({ key, head: sentences(`condition.${key}`), cells }))}
    />
  )
}
