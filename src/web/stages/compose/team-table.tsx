import type { Proposal, Role } from '#stages/compose/model.ts'
import type { Level } from '#stages/match/model.ts'
import type { Texts } from '#stages/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { HeatTable } from '../../ui/chart/heat-table.tsx'
import { CapabilityHead } from '../match/capability-head.tsx'
import { cellKey, cellLabel, cellText } from '../match/cell.tsx'
import { coverWords } from '../match/cover-words.ts'
import { useName } from '../match/names.ts'
import { sentenceWords } from './sentence-words.ts'

const LEVELS = 3

interface TeamMember {
  id: string
  name: string
  names: Texts
  role: Role
  covers: readonly { capability: string; level: Level }[]
}

/** Capability by member from what each member covers. With `opens` each cell leads to its evidence. */
export function TeamTable({
  capabilities,
  members,
  opens = false,
}: {
  capabilities: Proposal['capabilities']
  members: readonly TeamMember[]
  opens?: boolean
}) {
  const say = useWords(sentenceWords)
  const cover = useWords(coverWords)
  const name = useName()
  const levelOf = (member: TeamMember, id: string): Level =>
    member.covers.find(({ capability }) => capability === id)?.level ?? 0
  const bestOf = (id: string) => Math.max(0, ...members.map((member) => levelOf(member, id)))
  return (
    <HeatTable
      label={say('coverageLabel')}
      corner={say('corner')}
      endHead={say('reachedHead')}
      levels={LEVELS}
      dense
      rows={capabilities.map((capability) => {
        const level = bestOf(capability.id)
        const wanted = capability.levelWanted
        return {
          key: capability.id,
          head: <CapabilityHead capability={capability} />,
          end: level < wanted ? <Badge tone="look">{say('gapShort')}</Badge> : say('reached', { level, wanted }),
        }
      })}
      columns={members.map((member) => ({ key: member.id, head: name(member) }))}
      cell={(capabilityId, memberId) => {
        const member = members.find(({ id }) => id === memberId)
        const capability = capabilities.find(({ id }) => id === capabilityId)
        if (!member || !capability) return undefined
        const level = levelOf(member, capabilityId)
        return {
          level,
          text: cellText(level, null),
          label: cellLabel(cover, { organisation: name(member), capability: name(capability), level, judged: null }),
          gap: bestOf(capabilityId) < capability.levelWanted,
          ...(opens ? { why: cellKey(capabilityId, memberId) } : {}),
        }
      }}
    />
  )
}
