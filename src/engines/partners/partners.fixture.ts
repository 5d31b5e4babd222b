import { seededRandom } from '#kit/random.ts'
import type { PartnerParticipation, PartnerProject, PartnerRecords } from './types.ts'

const FIELDS = ['batteries', 'vaccines', 'railways', 'seeds'] as const
const WORDS = {
  batteries: 'lithium cathode electrolyte cell charging',
  vaccines: 'antigen trial immune dose virus',
  railways: 'track signalling wagon freight timetable',
  seeds: 'wheat drought breeding harvest soil',
} as const
const PER_FIELD = 12

export type Field = (typeof FIELDS)[number]
export const member = (field: Field, number: number) => `${field}-${String(number).padStart(2, '0')}`

/** A small world: four fields, each with a dozen organisations that work together from 2014 to 2019. */
export function smallWorld(seed = 1, projectsPerYear = 40): PartnerRecords {
  const random = seededRandom(seed)
  const projects: PartnerProject[] = []
  const participations: PartnerParticipation[] = []
  for (let year = 2014; year < 2020; year += 1)
    for (let number = 0; number < projectsPerYear; number += 1) {
      const field = FIELDS[number % FIELDS.length]!
      const id = `${year}-${String(number).padStart(2, '0')}`
      const month = String(1 + (number % 12)).padStart(2, '0')
      projects.push({ id, start: `${year}-${month}-01`, parts: [field], text: `A project on ${WORDS[field]}` })
      const first = Math.floor(random() * PER_FIELD)
      for (let place = 0; place < 5; place += 1) {
        const organisation = member(field, (first + place * (1 + (number % 2))) % PER_FIELD)
        participations.push({ project: id, organisation, role: place === 0 ? 'coordinator' : 'participant' })
      }
    }
  const organisations = FIELDS.flatMap((field) =>
    Array.from({ length: PER_FIELD }, (_, number) => ({
      id: member(field, number),
      name: `Institute ${number} for ${field}`,
      country: number % 2 ? 'DE' : 'FR',
      kind: number % 3 ? 'HES' : 'PRC',
    })),
  )
  return { projects, participations, organisations }
}
