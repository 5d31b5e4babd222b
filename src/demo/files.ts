import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Role } from '#stages/caller.ts'
import type { DemoNeed } from './needs.ts'

/** A text of the demo's files. */
export type Both = { zh?: string; en?: string }

export interface DemoOrganisation {
  key: string
  name: Both
  shortName?: Both
  kind: string
  size?: string | null
  identifiers?: Record<string, string>
  country?: string
  region?: Both
  city?: Both
  founded?: string
  staff?: number
  revenue?: string
  rdSpendShare?: number
  years?: DemoYear[]
  segment?: string
  fields?: Both[]
  products?: Both
  summary?: Both
  titles?: Both[]
  links?: { kind: string; url: string }[]
  contact?: { name?: string; email?: string; phone?: string }
}

/** Figures of a year, counted back from that of planting; amounts in minor units as text. */
export interface DemoYear {
  /** 1 is the last that has closed. */
  back: number
  revenue?: string
  sales?: string
  rdSpend?: string
  staff?: number
  researchStaff?: number
}

export interface DemoProject {
  key: string
  title: Both
  objective: Both
  programme: Both
  start: string
  end: string
  budget?: { amount: string; currency: string }
  participants: { organisation: string; role: string }[]
}

export interface DemoResult {
  key: string
  title: Both
  summary: Both
  segment?: string
  fields?: Both[]
  trl: number
  trlEvidence?: Both
  ip: { kind: string; number?: string; status?: string; expires?: string }[]
  owners: string[]
  inventors: string[]
  wantedDeal: string[]
  date?: string
}

export interface DemoRecord {
  key: string
  name: Both
  status: string
  note?: Both
  organisationKey?: string
  segment?: string
  date?: string
}

export interface DemoTalent extends DemoRecord {
  post?: Both
  fields?: Both[]
  level?: string
}

export interface DemoZone {
  key: string
  name: Both
  city: Both | string
  country: string
  timeZone: string
  currency: string
  statement: Both
  industry?: { key: string; name: Both; segments: { key: string; name: Both; stream: string }[] }
  tenOnes?: { key: string; target: number; owner: Both; dueDate: string }[]
  plans?: DemoRecord[]
  policies?: DemoRecord[]
  teamMembers?: DemoRecord[]
  roadmapItems?: DemoRecord[]
  talents?: DemoTalent[]
  platforms?: DemoRecord[]
  scenarios?: DemoRecord[]
  funds?: DemoRecord[]
  pilotAreas?: DemoRecord[]
  capitalEvents?: {
    key: string
    organisationKey: string
    stage: string
    amount?: string
    currency?: string
    date?: string
  }[]
}

export interface DemoPerson {
  key: string
  name: Both
  email: string
  role: Role
  organisationKey?: string
}

export interface DemoFiles {
  zone: DemoZone
  organisations: DemoOrganisation[]
  projects: DemoProject[]
  results: DemoResult[]
  needs: DemoNeed[]
  people: DemoPerson[]
}

const EXAMPLES = join(import.meta.dirname, '../../examples')

/** A zone of `examples/`. A file that a zone lacks is an empty list. */
export async function readExample(name: string): Promise<DemoFiles> {
  const list = async <T>(part: string): Promise<T[]> => JSON.parse(await readPart(name, part, '[]'))
  return {
    zone: JSON.parse(await readPart(name, 'zone')),
    organisations: await list('organisations'),
    projects: await list('projects'),
    results: await list('results'),
    needs: await list('needs'),
    people: await list('people'),
  }
}

async function readPart(name: string, part: string, absent?: string): Promise<string> {
  try {
    return await readFile(join(EXAMPLES, name, `${part}.json`), 'utf8')
  } catch (error) {
    if (absent !== undefined && (error as { code?: string }).code === 'ENOENT') return absent
    throw error
  }
}
