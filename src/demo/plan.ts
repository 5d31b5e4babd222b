import type { Command } from '#db/command.ts'
import { json } from '#db/db.ts'
import { sortKey } from '#kit/collate.ts'
import { keyedId } from '#kit/ids.ts'
import { namingOfPerson } from '#stages/registry/person-service.ts'
import { textIn } from '#stages/texts.ts'
import type { RecordKind } from '#stages/zone/model.ts'
import type { DemoRecord, DemoZone } from './files.ts'
import { textsOf, type Words } from './words.ts'

interface Planting {
  zoneId: string
  zone: DemoZone
  organisations: ReadonlyMap<string, string>
  words: Words
}

/** Plants the future industry, its targets and all that the Ten Ones and the four chains are measured from. */
export async function plantPlan(done: Command, { zoneId, zone, organisations, words }: Planting): Promise<void> {
  if (!zone.industry) return
  const { tx } = done
  const industryId = keyedId('demo', zone.key, 'industry', zone.industry.key)
  const names = textsOf(zone.industry.name)
  await tx
    .insertInto('industry')
    .values({
      zone_id: zoneId,
      industry_id: industryId,
      slug: zone.industry.key,
      names: json(names),
      display_name: textIn(names, 'zh'),
      segments: json(zone.industry.segments.map(({ key, name, stream }) => ({ key, names: textsOf(name), stream }))),
    })
    .execute()
  for (const { key, target, owner, dueDate } of zone.tenOnes ?? [])
    await tx
      .insertInto('ten_ones_target')
      .values({ zone_id: zoneId, industry_id: industryId, key, target, owner: json(textsOf(owner)), due_date: dueDate })
      .execute()
  for (const [kind, records] of recordsOf(zone))
    for (const record of records)
      await plantRecord(done, { zoneId, zone, organisations, words }, industryId, kind, record)
  await plantTalents(done, { zoneId, zone, organisations, words })
  await plantCapital(done, { zoneId, zone, organisations, words })
}

function recordsOf(zone: DemoZone): [RecordKind, readonly DemoRecord[]][] {
  return [
    ['plan', zone.plans ?? []],
    ['policy', zone.policies ?? []],
    ['team_member', zone.teamMembers ?? []],
    ['roadmap_item', zone.roadmapItems ?? []],
    ['platform', zone.platforms ?? []],
    ['scenario', zone.scenarios ?? []],
    ['fund', zone.funds ?? []],
    ['pilot_area', zone.pilotAreas ?? []],
  ]
}

async function plantRecord(
  { tx }: Command,
  planting: Planting,
  industryId: string,
  kind: RecordKind,
  record: DemoRecord,
) {
  const names = textsOf(record.name)
  const name = textIn(names, 'zh')
  await tx
    .insertInto('zone_record')
    .values({
      zone_id: planting.zoneId,
      record_id: keyedId('demo', planting.zone.key, kind, record.key),
      industry_id: industryId,
      kind,
      names: json(names),
      display_name: name,
      sort_key: sortKey(name),
      status: record.status,
      organisation_id: organisationOf(planting, record.organisationKey),
      segment: record.segment ?? null,
      dated: record.date ?? null,
      note: planting.words.keep(record.note) ?? '',
    })
    .execute()
}

async function plantTalents({ tx }: Command, planting: Planting) {
  for (const talent of planting.zone.talents ?? []) {
    const names = textsOf(talent.name)
    const fields = planting.words.keepAll(talent.fields)
    await tx
      .insertInto('person')
      .values({
        zone_id: planting.zoneId,
        person_id: keyedId('demo', planting.zone.key, 'person', talent.key),
        names: json(names),
        ...namingOfPerson({ names, fields }),
        organisation_id: organisationOf(planting, talent.organisationKey),
        post: planting.words.keep(talent.post),
        fields,
        segment: talent.segment ?? null,
        talent_level: talent.level ?? null,
      })
      .execute()
  }
}

async function plantCapital({ tx }: Command, planting: Planting) {
  for (const event of planting.zone.capitalEvents ?? []) {
    const organisationId = organisationOf(planting, event.organisationKey)
    if (!organisationId) continue
    await tx
      .insertInto('capital_event')
      .values({
        zone_id: planting.zoneId,
        event_id: keyedId('demo', planting.zone.key, 'capital', event.key),
        organisation_id: organisationId,
        stage: event.stage,
        amount_minor: event.amount ? BigInt(event.amount) : null,
        currency: event.currency ?? null,
        dated: event.date ?? null,
      })
      .execute()
  }
}

function organisationOf({ organisations }: Planting, key: string | undefined): string | null {
  return (key && organisations.get(key)) || null
}
