import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { json } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { dateIn } from '#kit/clock.ts'
import { keyedId } from '#kit/ids.ts'
import { contentOf, EMPTY_CONTENT, type NeedContent } from '#stages/needs/content-rules.ts'
import { NeedFile, type NeedState } from '#stages/needs/model.ts'
import { columnsOf } from '#stages/needs/need-row.ts'
import { allText, toTexts } from '#stages/texts.ts'
import type { Both } from './files.ts'

/** A need of the demo's files: the product's own need file, and where it stands. */
export interface DemoNeed extends Omit<z.input<typeof NeedFile>, 'sponsors'> {
  key: string
  state: NeedState
  sponsors: string[]
  segment?: string
  mergeWith?: string[]
  returnReasons?: { code: string; text: Both }[]
}

interface Planting {
  zoneId: string
  zoneKey: string
  needs: readonly DemoNeed[]
  organisations: ReadonlyMap<string, string>
  timeZone: string
}

/** An open need of the demo stays open for at least so long, whenever the demo is planted. */
const OPEN_MONTHS_MIN = 4
const NEED_FILE_KEYS = Object.keys(NeedFile.shape).filter((name) => name !== 'sponsors')

export async function plantNeeds(
  done: Command,
  { zoneId, zoneKey, needs, organisations, timeZone }: Planting,
): Promise<void> {
  const today = dateIn(timeZone, done.at)
  const years = yearsToShift(needs, today)
  for (const need of needs) {
    const id = keyedId('demo', zoneKey, 'need', need.key)
    const content = contentOfDemo(need, years)
    const sponsorIds = need.sponsors.map((key) => organisations.get(key)!)
    const isShown = !['draft', 'in_review', 'returned'].includes(need.state)
    await done.tx
      .insertInto('need')
      .values({
        zone_id: zoneId,
        need_id: id,
        ...columnsOf(content),
        state: need.state,
        sponsor_ids: sponsorIds,
        return_reasons: json(
          (need.returnReasons ?? []).map(({ code, text }) => ({ code, text: toTexts(text, 'typed') })),
        ),
        opened_at: isShown ? done.at : null,
      } as never)
      .execute()
    await done.tx
      .insertInto('need_private')
      .values({ zone_id: zoneId, need_id: id, problem: json(content.problem), tried: json(content.tried) })
      .execute()
    for (const organisationId of sponsorIds)
      await done.tx
        .insertInto('need_sponsor')
        .values({ zone_id: zoneId, need_id: id, organisation_id: organisationId })
        .execute()
    await plantCapabilities(done, zoneId, id, content)
  }
}

function contentOfDemo(need: DemoNeed, years: number): NeedContent {
  const file = NeedFile.partial().parse(
    Object.fromEntries(Object.entries(need).filter(([name]) => NEED_FILE_KEYS.includes(name))),
  )
  const content = { ...EMPTY_CONTENT, ...contentOf(file), circle: 'public' as const, segment: need.segment ?? null }
  return {
    ...content,
    deadline: need.state === 'open' && content.deadline ? addYears(content.deadline, years) : content.deadline,
  }
}

async function plantCapabilities({ tx }: Command, zoneId: string, needId: string, { capabilities }: NeedContent) {
  for (const [ordinal, { name, weight, critical, levelWanted }] of capabilities.entries())
    await tx
      .insertInto('need_capability')
      .values({
        zone_id: zoneId,
        need_id: needId,
        capability_id: keyedId(needId, 'capability', String(ordinal)),
        ordinal,
        name: json(name),
        weight,
        critical,
        level_wanted: levelWanted,
        search_text: foldText(allText(name)),
      } as never)
      .execute()
}

/** Whole years by which the open needs' deadlines move, so that the first of them is still some months away. */
function yearsToShift(needs: readonly DemoNeed[], today: string): number {
  const deadlines = needs.flatMap((need) => (need.state === 'open' && need.deadline ? [need.deadline] : []))
  const first = deadlines.sort()[0]
  if (!first) return 0
  const wanted = addMonths(today, OPEN_MONTHS_MIN)
  let years = 0
  while (addYears(first, years) < wanted) years += 1
  return years
}

const addYears = (date: string, years: number) =>
  `${Number(date.slice(0, 4)) + years}${date.slice(4)}`.replace(/-02-29$/, '-02-28')

function addMonths(date: string, months: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  return at.toISOString().slice(0, 10)
}
