import type { StoredNeed } from '../needs/need-row.ts'
import type { Texts } from '../texts.ts'
import { tellReasons } from './invitation-rules.ts'
import type { Condition, Coverage, Gap, Member, Party, SharedProposal } from './model.ts'
import type { StoredProposal } from './proposal-store.ts'

/** What a person decided about others is not for the public. */
const PRIVATE_CONDITIONS: readonly Condition[] = ['banned', 'pinned', 'budget', 'apart']
const isPublic = (condition: Condition) => !PRIVATE_CONDITIONS.includes(condition)

/**
 * What anybody with a link may see of a proposal, field by field: what is not named here is not shown. Documents may be
 * meant for a narrower circle, so they are not quoted.
 */
export function shareView(
  { proposal, need }: { proposal: StoredProposal; need: StoredNeed },
  { zone, expiresAt }: { zone: SharedProposal['zone']; expiresAt: Date },
): SharedProposal {
  const { kept, at } = proposal
  const { covered, of, provenBest, candidates } = kept.solved
  return {
    zone: { slug: zone.slug, name: zone.name, invented: zone.invented },
    needTitle: kept.needTitle,
    needSummary: need.summary as Texts,
    at: at.toISOString(),
    expiresAt: expiresAt.toISOString(),
    status: kept.status,
    gap: kept.gap,
    capabilities: kept.capabilities,
    members: kept.members.map(showMember),
    coverage: kept.coverage.map(showCoverage),
    gaps: kept.gaps.map(showGap),
    conflict: kept.conflict && (kept.conflict.conditions.every(isPublic) ? kept.conflict.conditions : []),
    solved: { covered, of, provenBest, candidates },
    engine: kept.engine,
    seed: kept.seed,
    inputsHash: kept.inputsHash,
  }
}

const showParty = ({ id, name, names, kind, country, region, city }: Party) => ({
  id,
  name,
  names,
  kind,
  country,
  region,
  city,
})

function showMember(member: Member): SharedProposal['members'][number] {
  return {
    ...showParty(member),
    role: member.role,
    sponsor: member.sponsor,
    covers: member.covers.map(({ capability, level, evidence }) => ({
      capability,
      level,
      evidence: evidence?.kind === 'document' ? null : evidence,
    })),
    reasons: tellReasons(member.reasons),
  }
}

const showCoverage = ({ id, name, names, weight, critical, levelWanted, level, by }: Coverage) => ({
  id,
  name,
  names,
  weight,
  critical,
  levelWanted,
  level,
  by,
})

function showGap({
  id,
  name,
  names,
  weight,
  critical,
  levelWanted,
  level,
  nearest,
}: Gap): SharedProposal['gaps'][number] {
  return {
    ...{ id, name, names, weight, critical, levelWanted, level },
    nearest: nearest.map((one) => ({
      ...showParty(one),
      level: one.level,
      member: one.member,
      why: one.why.kind === 'level' ? 'level' : 'other',
    })),
  }
}
