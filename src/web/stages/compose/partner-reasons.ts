import type { PartnerReason } from '#stages/compose/partners-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { partnersWords } from './partners-words.ts'

/** What speaks for a partner, in the reader's words with its figures. */
export function usePartnerReason(): (reason: PartnerReason) => string {
  const say = useWords(partnersWords)
  const format = useFormat()
  return ({ kind, facts }) => {
    const text = (name: string) => String(facts[name] ?? '')
    const count = (name: string) => Number(facts[name] ?? 0)
    const share = (name: string) => format.percent(count(name), 0)
    switch (kind) {
      case 'shared':
        return say('reason.shared', { count: count('projects'), last: text('last') })
      case 'known':
        return say('reason.known', { known: text('known'), given: text('given') })
      case 'together':
        return say('reason.together', { together: text('together') })
      case 'common':
        return say('reason.common', { count: count('common') })
      case 'experience':
        return say('reason.experience', { count: count('projects'), last: text('last') })
      case 'part':
        return say('reason.part', { count: count('projects'), part: text('part') })
      case 'size':
        return say('reason.size', { count: count('members'), given: text('given') })
      case 'country':
        return say('reason.country', { same: text('same'), given: text('given') })
      case 'place':
        return say('reason.place', { km: format.number(count('km'), 0) })
      case 'texts':
        return say('reason.texts', { best: share('best') })
      case 'named':
        return say('reason.named')
      case 'countryTexts':
        return say('reason.countryTexts', { share: share('share') })
    }
  }
}
