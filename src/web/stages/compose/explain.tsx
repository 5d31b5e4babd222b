import type { Proposal } from '#stages/compose/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { type Why, WhyPanel } from '../../ui/why/why-panel.tsx'
import { useName } from '../match/names.ts'
import { usePartyNames } from './parties.ts'
import { useSeatCosts } from './seat-cost.ts'
import { sentenceWords } from './sentence-words.ts'
import { composeWords } from './words.ts'

export const OBJECTIVE_KEY = 'objective'
export const COSTS_KEY = 'costs'
/** Parts of the objective that are told one by one; of the others the sum says enough. */
const BY_CAPABILITY = ['coverage', 'second'] as const
const SUMMED = ['member', 'cost', 'load', 'likelihood', 'trust', 'confidence'] as const
const HASH_SHOWN = 12

/** The panel at the right of the composer: what the team is worth, what it costs, or a cell with its evidence. */
export function ReasonedProposal({
  proposal,
  cell,
}: {
  proposal: Proposal
  cell: (key: string) => Why | null | undefined
}) {
  const objective = useObjectiveWhy(proposal)
  const costs = useCostsWhy(proposal)
  return <WhyPanel explain={(key) => (key === OBJECTIVE_KEY ? objective() : key === COSTS_KEY ? costs() : cell(key))} />
}

function useObjectiveWhy(proposal: Proposal): () => Why | null {
  const say = useWords(composeWords)
  const sentences = useWords(sentenceWords)
  const format = useFormat()
  const name = useName()
  const { objective, bound, parts, capabilities, solved, seconds, engine, seed, inputsHash } = proposal
  return () => {
    if (objective === null) return null
    const most = Math.max(1, ...parts.map(({ points }) => points))
    const told = BY_CAPABILITY.flatMap((kind) =>
      parts
        .filter((part) => part.kind === kind)
        .map((part) => {
          const capability = capabilities.find(({ id }) => id === part.id)
          return {
            key: `${kind}:${part.id}`,
            label: say(`part.${kind}`, { name: capability ? name(capability) : part.id }),
            value: format.number(part.points, 0),
            share: part.points / most,
          }
        }),
    )
    const summed = SUMMED.flatMap((kind) => {
      const points = parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.points, 0)
      return points === 0 ? [] : [{ key: kind, label: say(`part.${kind}`), value: format.number(points, 0) }]
    })
    return {
      title: say('objective'),
      value: say('score', { points: format.number(objective, 0) }),
      sentence: say('searched', {
        candidates: solved.candidates,
        weighed: solved.weighed,
        seconds: format.number(seconds, 1),
      }),
      parts: [...told, ...summed],
      rule: (
        <>
          <p>{say('objectiveTell')}</p>
          {bound === null ? null : <p>{say('objectiveBound', { bound: format.number(bound, 0) })}</p>}
        </>
      ),
      source: sentences('method', { engine, seed, hash: inputsHash.slice(0, HASH_SHOWN) }),
    }
  }
}

function useCostsWhy(proposal: Proposal): () => Why | null {
  const say = useWords(composeWords)
  const format = useFormat()
  const nameOf = usePartyNames(proposal)
  const basisOf = useSeatCosts()
  const { solved, members } = proposal
  return () => {
    if (!solved.cost) return null
    const total = Number(solved.cost.minor)
    return {
      title: say('cost'),
      value: format.money(solved.cost),
      sentence: solved.costUnknown ? say('costUnknown', { count: solved.costUnknown }) : undefined,
      parts: members.map((member) => ({
        key: member.id,
        label: nameOf(member),
        value: member.cost ? format.money(member.cost.amount) : '—',
        ...(member.cost && total > 0 ? { share: Number(member.cost.amount.minor) / total } : {}),
        note: member.cost ? basisOf(member.cost) : say('basis.unknown'),
      })),
      rule: say('costTell'),
    }
  }
}
