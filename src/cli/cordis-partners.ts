import type {
  PartnerOrganisation,
  PartnerParticipation,
  PartnerProject,
  PartnerRecords,
  PartnerRole,
} from '#engines/partners/types.ts'
import { openCordis } from '#files/cordis.ts'
import type { CordisOrganisation, CordisProject } from '#files/cordis-rows.ts'

/**
 * Who took part in the projects of a CORDIS download that began before a day. What an organisation is comes from its
 * last row among those, never from a later one; who was only ever an associate is no candidate. Refuses as `openCordis`.
 */
export async function readCordisPartners(path: string, before: string): Promise<PartnerRecords> {
  const download = await openCordis(path)
  try {
    const projects = new Map<string, PartnerProject>()
    for await (const { record } of download.projects())
      if (record?.startDate && record.startDate < before) projects.set(record.grantNumber, projectOf(record))
    const participations: PartnerParticipation[] = []
    const organisations = new Map<string, PartnerOrganisation>()
    const rowStarts = new Map<string, string>()
    for await (const { record } of download.organisations()) {
      const start = record ? projects.get(record.projectId)?.start : undefined
      if (!record || !start) continue
      const role = roleOf(record.role)
      participations.push({ project: record.projectId, organisation: record.pic, role })
      if (role === 'associate' || start < (rowStarts.get(record.pic) ?? '')) continue
      rowStarts.set(record.pic, start)
      organisations.set(record.pic, organisationOf(record))
    }
    return { projects: [...projects.values()], participations, organisations: [...organisations.values()] }
  } finally {
    download.close()
  }
}

function projectOf({ grantNumber, startDate, legalBasis, title, objective }: CordisProject): PartnerProject {
  const text = [title, objective].filter(Boolean).join('. ')
  return { id: grantNumber, start: startDate, parts: legalBasis, ...(text ? { text } : {}) }
}

function roleOf(role: string): PartnerRole {
  return role === 'coordinator' || role === 'participant' ? role : 'associate'
}

function organisationOf(row: CordisOrganisation): PartnerOrganisation {
  const { pic, name, country, countryCode, activityType, sme, latitude, longitude } = row
  return {
    id: pic,
    name,
    country: countryCode ?? country,
    kind: activityType,
    ...(sme === null ? {} : { sme }),
    ...(latitude === null || longitude === null ? {} : { latitude, longitude }),
  }
}
