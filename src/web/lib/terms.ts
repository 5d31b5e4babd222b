import { useCallback, useMemo } from 'react'
import { houseApi } from '#stages/house/api.ts'
import { useRead } from './query.tsx'
import { useLanguage } from './words.ts'
import { useSlug } from './zone-slug.ts'

/** Says the zone's own words (tags, places, titles, names of organisations) in the reader's language where it is known, else as they are kept. */
export function useTerm(of?: string): (text: string) => string {
  const here = useSlug()
  const slug = of ?? here
  const language = useLanguage()
  const { data } = useRead(houseApi.terms, { params: { zone: slug ?? '' }, enabled: Boolean(slug) })
  const names = useMemo(() => new Map(data?.rows.map((term) => [term.text, term.names])), [data])
  return useCallback((text: string) => names.get(text)?.[language] ?? text, [names, language])
}
