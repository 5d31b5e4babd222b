import type { Caller } from '#stages/caller.ts'
import { houseApi } from '#stages/house/api.ts'
import type { Me, Zone } from '#stages/house/model.ts'
import { useRead } from './query.tsx'
import { useSlug } from './zone-slug.ts'

/** Who am I? Undefined until the server has answered. */
export function useMe(): Me | undefined {
  return useRead(houseApi.me).data
}

export interface Here {
  /** The zone's short name in the address; empty outside of any zone. */
  slug: string
  zone: Zone | undefined
  /** Who asks, as `access.ts` of each stage wants it: `mayAddOrganisation(here.caller)`. */
  caller: Caller
  memberships: Me['memberships']
}

/** Where the reader stands: the zone in the address and the reader's membership in it. */
export function useZone(): Here {
  const slug = useSlug() ?? ''
  const me = useMe()
  const member = me?.memberships.find((membership) => membership.zone.slug === slug)
  const stranger = useRead(houseApi.zone, {
    params: { zone: slug },
    enabled: slug !== '' && me !== undefined && member === undefined,
  })
  const zone = member?.zone ?? stranger.data
  return {
    slug,
    zone,
    caller: {
      zoneId: zone?.id ?? '',
      accountId: me?.account?.id ?? null,
      role: member?.role ?? 'stranger',
      organisationId: member?.organisationId ?? null,
      signedIn: Boolean(me?.account),
    },
    memberships: me?.memberships ?? [],
  }
}

/** The time zone in which the zone's deadlines end. */
export function useTimeZone(): string {
  return useZone().zone?.timeZone ?? 'Asia/Shanghai'
}
