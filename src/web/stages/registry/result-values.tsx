import type { ReactNode } from 'react'
import type { IpKind, IpStatus, WANTED_DEALS } from '#stages/registry/result-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useSegments } from '../../lib/segments.ts'
import { useTerm } from '../../lib/terms.ts'
import { useWords } from '../../lib/words.ts'
import { useFactValues } from './organisation-values.tsx'
import { resultWords } from './result-words.ts'

/** What a field of a result is called. */
export function useResultFactNames(): (field: string) => string {
  const say = useWords(resultWords)
  return (field) => {
    const key = `fact.${field}`
    return resultWords.keys.includes(key as 'fact.title') ? say(key as 'fact.title') : field
  }
}

interface SomeIp {
  kind: IpKind
  number?: string | null
  status?: IpStatus | null
}

/** A result's value as people read it. */
export function useResultFactValues(): (field: string, value: unknown) => ReactNode {
  const say = useWords(resultWords)
  const format = useFormat()
  const term = useTerm()
  const { nameOf } = useSegments()
  const usual = useFactValues()
  return (field, value) => {
    if (value === null || value === undefined || value === '') return null
    if (Array.isArray(value) && !value.length) return null
    if (field === 'trl') return format.trl(Number(value))
    if (field === 'dated') return format.date(String(value))
    if (field === 'segment') return nameOf(String(value))
    if (field === 'wantedDeal')
      return format.list((value as (typeof WANTED_DEALS)[number][]).map((deal) => say(`deal.${deal}`)))
    if (field === 'ip')
      return (value as SomeIp[])
        .map(({ kind, number, status }) =>
          [say(`ip.${kind}`), number, status ? say(`status.${status}`) : null].filter(Boolean).join(' '),
        )
        .join('; ')
    if (field === 'owners')
      return format.list(
        (value as ({ name: string } | string)[]).map((owner) => term(typeof owner === 'string' ? owner : owner.name)),
      )
    if (field === 'fields') return format.list((value as string[]).map(term))
    return usual(field, value)
  }
}
