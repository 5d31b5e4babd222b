import { zoneApi } from '#stages/zone/api.ts'
import { useRead } from './query.tsx'
import { useText } from './texts.ts'

export interface SegmentName {
  key: string
  name: string
}

/** The segments of the zone's industries, in their order, and their names by key; a key without a name stands for itself. */
export function useSegments(): { segments: SegmentName[]; nameOf: (key: string | null | undefined) => string } {
  const text = useText()
  const { data } = useRead(zoneApi.industries)
  const segments = (data?.rows ?? []).flatMap((industry) =>
    industry.segments.map(({ key, names }) => ({ key, name: text(names) || key })),
  )
  return { segments, nameOf: (key) => segments.find((segment) => segment.key === key)?.name ?? key ?? '' }
}
