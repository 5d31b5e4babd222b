import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { matchApi } from '#stages/match/api.ts'
import type { MatchBoard, Order } from '#stages/match/model.ts'
import { call } from '../../lib/client.ts'
import { readKey } from '../../lib/query.tsx'
import type { Refusal } from '../../lib/refusal.ts'
import { useSlug } from '../../lib/zone-slug.ts'

const FRESH_MS = 60_000

/** The match of a need, computed when it is first asked for and again whenever something was written. */
export function useBoard(need: string, order?: Order): UseQueryResult<MatchBoard, Refusal> {
  const params = { zone: useSlug() ?? '', need }
  const query = order ? { order } : {}
  return useQuery<MatchBoard, Refusal>({
    queryKey: readKey(matchApi.match, params, query),
    queryFn: ({ signal }) => call(matchApi.match, { params, query, signal }),
    staleTime: FRESH_MS,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  })
}
