import type { Condition, Conflict, Proposal } from '#stages/compose/model.ts'
import { KINDS } from '#stages/registry/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useTerm } from '../../lib/terms.ts'
import { useWords } from '../../lib/words.ts'
import { useName } from '../match/names.ts'
import { registryWords } from '../registry/words.ts'
import { usePartyNames } from './parties.ts'
import { sentenceWords } from './sentence-words.ts'
import { composeWords } from './words.ts'

type Change = Conflict['relaxations'][number]['changes'][number]

/** What giving way on a condition would mean, in the reader's words and figures. */
export function useChangeWords(proposal: Proposal): (change: Change, condition: Condition) => string {
  const say = useWords(composeWords)
  const conditions = useWords(sentenceWords)
  const kinds = useWords(registryWords)
  const format = useFormat()
  const term = useTerm()
  const capabilityName = useName()
  const nameOf = usePartyNames(proposal)
  const { budget } = proposal.conditions
  return ({ what, id, name, words, from, to }, condition) => {
    const party = () => nameOf({ id: id ?? '', name: name ?? '' })
    const numbers = { from: format.number(from ?? 0), to: format.number(to ?? 0) }
    switch (what) {
      case 'membersMin':
      case 'membersMax':
        return say(`relax.${what}`, numbers)
      case 'budgetMax': {
        if (to === null) return say('relax.noBudget')
        const amount = (minor: number | null) =>
          format.money({ minor: String(minor ?? 0), currency: budget?.currency ?? 'CNY' })
        return say('relax.budgetMax', { from: amount(from), to: amount(to) })
      }
      case 'kindMin':
      case 'kindMax': {
        const kind = KINDS.find((one) => one === id)
        return say(`relax.${what}`, { ...numbers, name: kind ? kinds(`kind.${kind}`) : '' })
      }
      case 'regionAllowed':
        return id
          ? say('relax.regionAllowed', { name: /^[A-Z]{2}$/.test(id) ? format.country(id) : term(id) })
          : say('relax.anyRegion')
      case 'critical': {
        const capability = proposal.capabilities.find((one) => one.id === id)
        return say('relax.critical', { name: capability ? capabilityName(capability) : (name ?? '') })
      }
      case 'leadKinds':
        return say('relax.leadKinds')
      case 'conflict':
        return say('relax.apart')
      case 'rule':
        if (id === 'newcomers') return say('relax.newcomers', numbers)
        if (id === 'smes') return say('relax.smes')
        return say('relax.rule', { name: words?.[say.language === 'zh' ? 'zh' : 'en'] ?? name ?? '' })
      case 'pinned':
        return say(condition === 'sponsors' ? 'relax.sponsor' : 'relax.pinned', { name: party() })
      case 'banned':
        return say('relax.banned', { name: party() })
      default:
        return say('relax.other', { name: conditions(`condition.${condition}`) })
    }
  }
}
