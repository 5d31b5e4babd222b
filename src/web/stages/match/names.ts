import type { Quote } from '#stages/match/model.ts'
import type { Texts } from '#stages/texts.ts'
import { useFormat } from '../../lib/format.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useLanguage } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'

export interface Named {
  name: string
  names?: Texts | undefined
}

/** A record's name in the reader's language, or as the zone shows it. */
export function useName(): (named: Named) => string {
  const text = useText()
  return ({ name, names }) => text(names) || name
}

export interface Placed {
  country: string | null
  region: string | null
  city: string | null
}

/**
 * Where an organisation is, from the small to the large; the country only where it is another one.
 * @param home the zone that says places in its words, and the country that goes without saying; the zone at hand unless given
 */
export function usePlace(home?: { slug: string; country: string | null }): (placed: Placed) => string {
  const term = useTerm(home?.slug)
  const format = useFormat()
  const language = useLanguage()
  const { zone } = useZone()
  const own = home ? home.country : zone?.country
  return ({ country, region, city }) => {
    const abroad = country && country !== own ? format.country(country) : null
    const near = [city, city === region ? null : region].filter((part) => part !== null).map(term)
    const parts = [...near, ...(abroad ? [abroad] : [])]
    if (!parts.length) return country ? format.country(country) : ''
    return language === 'zh' ? parts.reverse().join('') : parts.join(', ')
  }
}

/** Where the record behind a piece of evidence is found; a document and a programme part have no page of their own. */
export function pathOfEvidence({ kind, id }: Pick<Quote, 'kind' | 'id'>): string | undefined {
  if (kind === 'result') return `/results/${id}`
  if (kind === 'project') return `/projects/${id}`
  return kind === 'profile' ? `/organisations/${id}` : undefined
}
