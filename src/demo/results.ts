import type { Command } from '#db/command.ts'
import { json } from '#db/db.ts'
import { keyedId } from '#kit/ids.ts'
import { parseMoney, splitMoney } from '#kit/money.ts'
import { namingOfProject } from '#stages/registry/project-service.ts'
import { IpInput, WantedDeal } from '#stages/registry/result-model.ts'
import { namingOfResult, resultColumnsOf } from '#stages/registry/result-row.ts'
import { keepIp } from '#stages/registry/result-rules.ts'
import type { DemoProject, DemoResult } from './files.ts'
import { textsOf, type Words } from './words.ts'

interface Among {
  zoneId: string
  zoneKey: string
  organisations: ReadonlyMap<string, string>
  words: Words
}

/** Plants past projects. Each participant's contribution is an equal share of the budget, to the last minor unit. */
export async function plantProjects(
  { tx }: Command,
  { projects, ...among }: Among & { projects: readonly DemoProject[] },
) {
  for (const project of projects) {
    const id = keyedId('demo', among.zoneKey, 'project', project.key)
    const title = textsOf(project.title)
    const budget = minorOf(project.budget)
    await tx
      .insertInto('project')
      .values({
        zone_id: among.zoneId,
        project_id: id,
        title: json(title),
        ...namingOfProject({ title, objective: textsOf(project.objective) }),
        objective: json(textsOf(project.objective)),
        start_date: project.start,
        end_date: project.end,
        framework: among.words.keep(project.programme),
        total_cost_minor: budget,
        currency: project.budget?.currency ?? null,
      })
      .execute()
    const shares = project.participants.map(({ organisation }) => ({ id: organisation, weight: 1n }))
    const parts = budget === null ? [] : splitMoney(budget, shares)
    for (const [at, { organisation, role }] of project.participants.entries())
      await tx
        .insertInto('participation')
        .values({
          zone_id: among.zoneId,
          project_id: id,
          organisation_id: among.organisations.get(organisation)!,
          role,
          contribution_minor: parts[at] ?? null,
        })
        .execute()
  }
}

export function minorOf(money: { amount: string; currency: string } | undefined): bigint | null {
  if (!money) return null
  const parsed = parseMoney(money.amount, money.currency)
  return 'minor' in parsed ? parsed.minor : null
}

/** Deals as the registry names them. */
const DEALS: Record<string, string> = { assignment: 'transfer' }

export async function plantResults({ tx }: Command, { results, ...among }: Among & { results: readonly DemoResult[] }) {
  for (const result of results) {
    const id = keyedId('demo', among.zoneKey, 'result', result.key)
    const facts = {
      title: textsOf(result.title),
      summary: textsOf(result.summary),
      fields: among.words.keepAll(result.fields),
      segment: result.segment ?? null,
      trl: result.trl,
      trlSaid: among.words.keep(result.trlEvidence),
      ip: result.ip.map((right) => keepIp(IpInput.parse(right))),
      inventors: result.inventors,
      wantedDeal: result.wantedDeal.map((deal) => WantedDeal.parse(DEALS[deal] ?? deal)),
      dated: result.date ?? null,
    }
    await tx
      .insertInto('result')
      .values({ zone_id: among.zoneId, result_id: id, ...resultColumnsOf(facts), ...namingOfResult(facts) } as never)
      .execute()
    for (const [ordinal, owner] of result.owners.entries())
      await tx
        .insertInto('result_owner')
        .values({ zone_id: among.zoneId, result_id: id, organisation_id: among.organisations.get(owner)!, ordinal })
        .execute()
  }
}
