import type { Condition, Gap, Member, MemberReason, Proposal, SharedProposal } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { coverWords } from '../match/cover-words.ts'
import { type Named, useName } from '../match/names.ts'
import { usePartnerReason } from './partner-reasons.ts'
import { sentenceWords } from './sentence-words.ts'

const CAPABILITIES_NAMED_MAX = 3

type Near = Gap['nearest'][number]
type NameOf = (party: { id: string } & Named) => string
interface Told {
  capabilities: Proposal['capabilities']
}

/** What a line in words is made of: a whole proposal, or what a shared page knows of it. */
type Lined = Told &
  Pick<Proposal, 'status' | 'gap'> & {
    solved: Pick<Proposal['solved'], 'covered' | 'of'>
    gaps: readonly (Told['capabilities'][number] & { nearest: readonly { level: number }[] })[]
    /** Whether a budget was among the conditions. */
    hasBudget: boolean
    conflict: readonly Condition[] | null
  }

/** Words a proposal's data in the reader's language. */
export function useSentences({ capabilities }: Told, nameOf: NameOf) {
  const say = useWords(sentenceWords)
  const cover = useWords(coverWords)
  const format = useFormat()
  const name = useName()
  const partnerReason = usePartnerReason()
  const quoted = (ids: readonly string[]): string => {
    const names = capabilities.filter(({ id }) => ids.includes(id)).map((one) => say('quoted', { name: name(one) }))
    const shown = names.slice(0, CAPABILITIES_NAMED_MAX)
    const more = names.length - shown.length
    if (more === 0) return join(shown)
    return say.language === 'zh'
      ? `${join(shown)}${say('and.more', { count: names.length })}`
      : join([...shown, say('and.more', { count: more })])
  }
  // Quoted names stand beside one another in Chinese; a comma between quotes would be one too many.
  const join = (names: readonly string[]) => (say.language === 'zh' ? names.join('') : format.list(names))
  const conditions = (ids: readonly Condition[]) => format.list(ids.map((id) => say(`condition.${id}`)))

  function reason(one: MemberReason): string {
    switch (one.kind) {
      case 'sponsor':
      case 'pinned':
      case 'operates':
        return say(`reason.${one.kind}`)
      case 'condition':
        return say('reason.condition', { conditions: conditions(one.conditions) })
      case 'past_projects':
        return say('reason.past_projects', { count: one.projects, name: nameOf({ id: one.with, name: one.name }) })
      case 'likely': {
        const place = { place: format.number(one.place, 0), of: format.number(one.of, 0) }
        if (!one.why.length) return say('reason.likely', place)
        return say('reason.likelyWhy', { ...place, why: one.why.map(partnerReason).join(say('clauses')) })
      }
      default:
        return say(`reason.${one.kind}`, { capabilities: quoted(one.capabilities) })
    }
  }

  /** What the team would be without a member; nothing where that was not found out or makes no difference. */
  function loss({ loss: of, pinned }: Pick<Member, 'loss' | 'pinned'>): string | null {
    if (!of) return null
    if (of.calledForBy.length)
      return of.calledForBy.every((condition) => condition === 'critical')
        ? say('loss.critical')
        : say('loss.calledFor', { conditions: conditions(of.calledForBy) })
    if (!of.points) return null
    const points = format.number(Math.abs(of.points), 0)
    // A sponsor is there for its need, whatever its seat costs; a wish may be dear, and that is worth knowing.
    if (of.points < 0) return pinned ? say('loss.spare', { points }) : null
    const worse = of.lost.map(({ capability }) => capability)
    const what = worse.length
      ? say('loss.covers', { points, capabilities: quoted(worse) })
      : say('loss.points', { points })
    if (!of.joining.length) return what
    const names = format.list(of.joining.map(nameOf))
    return `${what}${say.language === 'zh' ? '，' : '; '}${say('loss.joining', { names })}`
  }

  function shortfall({ why, level, member }: Near, wanted: number): string {
    if (why.kind === 'level') {
      const short = level
        ? say('gap.level', { level, words: cover(`level.${level}`), wanted })
        : say('gap.none', { wanted })
      return member ? `${say('gap.member')} · ${short}` : short
    }
    if (why.kind === 'condition') return say('gap.condition', { conditions: conditions(why.conditions) })
    return say(`gap.${why.kind}`)
  }

  /** The whole answer in a line: how much is covered, how sure that is, and what nobody can do. */
  function line(lined: Lined): string {
    if (lined.status === 'infeasible') {
      const { conflict } = lined
      return say(conflict?.length === 1 ? 'lineInfeasibleOne' : 'lineInfeasible', {
        conditions: conditions(conflict ?? []),
      })
    }
    const proof =
      lined.status === 'feasible'
        ? say('proof.feasible', { gap: format.percent(lined.gap ?? 0) })
        : say(lined.hasBudget ? 'proof.budget' : 'proof.conditions')
    const openWhere = (reaches: (best: number, wanted: number) => boolean) =>
      lined.gaps
        .filter(({ nearest, levelWanted }) => reaches(Math.max(0, ...nearest.map(({ level }) => level)), levelWanted))
        .map(({ id }) => id)
    const open = {
      nobody: openWhere((best) => best === 0),
      short: openWhere((best, wanted) => best > 0 && best < wanted),
      out: openWhere((best, wanted) => best > 0 && best >= wanted),
    }
    const rest = (['nobody', 'short', 'out'] as const).map((why) =>
      open[why].length ? say(`rest.${why}`, { capabilities: quoted(open[why]) }) : '',
    )
    return say('line', { covered: lined.solved.covered, of: lined.solved.of, proof, rest: rest.join('') })
  }

  return { reason, loss, shortfall, line, conditions, quoted }
}

/** Why one of the nearest on a shared page is not enough: there, other people's decisions are not told. */
export function useSharedShortfall(): (
  near: SharedProposal['gaps'][number]['nearest'][number],
  wanted: number,
) => string {
  const say = useWords(sentenceWords)
  const cover = useWords(coverWords)
  return ({ why, level }, wanted) => {
    if (why !== 'level') return say('gap.other')
    return level ? say('gap.level', { level, words: cover(`level.${level}`), wanted }) : say('gap.none', { wanted })
  }
}
