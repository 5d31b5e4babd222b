import type { z } from 'zod'
import type { SeatCost } from '#stages/compose/model.ts'
import { useWords } from '../../lib/words.ts'
import { composeWords } from './words.ts'

/** What an estimate of a seat's cost rests on, in words. */
export function useSeatCosts(): (cost: z.infer<typeof SeatCost>) => string {
  const say = useWords(composeWords)
  return ({ basis, participations }) =>
    basis === 'unknown' ? say('basis.unknown') : say(`basis.${basis}`, { count: participations })
}
