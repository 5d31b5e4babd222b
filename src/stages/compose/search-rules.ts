import { ComposeOptions } from './model.ts'

/**
 * The options of a new search for a draft whose seats have fallen free: the draft's own, with those who are kept in the team
 * and those who are out left out. A sponsor that is out is no member by being a sponsor; the others still are.
 */
export function optionsHolding(
  { options, sponsors, out }: { options: ComposeOptions; sponsors: readonly string[]; out: readonly string[] },
  kept: readonly string[],
): ComposeOptions {
  const isOut = (id: string) => out.includes(id)
  const lostSponsor = options.sponsorsIn && sponsors.some(isOut)
  const pins = [...options.pins, ...kept, ...(lostSponsor ? sponsors : [])].filter((id) => !isOut(id))
  return ComposeOptions.parse({
    ...options,
    sponsorsIn: options.sponsorsIn && !lostSponsor,
    pins: [...new Set(pins)],
    bans: [...new Set([...options.bans.filter((id) => !pins.includes(id)), ...out])],
  })
}
