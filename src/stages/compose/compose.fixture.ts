import { sql } from 'kysely'
import { FAULT_STATUS, type FaultCode } from '#kit/fault.ts'
import { capabilityKeys } from '#stages/needs/content-rules.ts'
import { toTexts } from '#stages/texts.ts'
import { type Answered, type Asking, type NeedToAdd, openWorld, type TestWorld } from '#testing'
import type { Proposal } from './model.ts'

/** Each composition starts threads, which takes its time on a machine that has much else to do. */
export const PATIENT = { timeout: 600_000 }

/** Capabilities by a short name, and what they are called. */
export const CAPABILITIES = {
  electrolyte: { zh: '固态电解质', en: 'Solid electrolyte' },
  interface: { zh: '低压界面', en: 'Low pressure interface' },
  pressing: { zh: '温等静压', en: 'Warm isostatic pressing' },
  monitoring: { zh: '泄漏监测', en: 'Leak monitoring' },
} as const
export type CapabilityName = keyof typeof CAPABILITIES

export interface ComposeWorld extends TestWorld {
  need: string
  /** Organisations by what they are in the story. */
  who: Record<'university' | 'institute' | 'presser' | 'spare' | 'neighbour' | 'fund', string>
  /** Says, as a person would, at which level an organisation covers a capability. */
  judge(organisation: string, capability: CapabilityName, level: 0 | 1 | 2 | 3): Promise<void>
  compose(options?: object, asking?: Asking, need?: string): Promise<Answered>
  /** Composes, and reads the proposal. */
  propose(options?: object, asking?: Asking): Promise<Proposal>
}

/**
 * A need of four capabilities and organisations whose levels are known: the university is alone with the electrolyte, the
 * institute with the interface; the presser presses, and so does a spare company; of monitoring there is a neighbour only.
 */
export async function openComposeWorld(needInput: NeedToAdd = {}): Promise<ComposeWorld> {
  const world = await openWorld({ jobs: true })
  const judge = (organisation: string, capability: CapabilityName, level: 0 | 1 | 2 | 3) =>
    world.within(async (tx) => {
      for (const key of capabilityKeys(toTexts(CAPABILITIES[capability], 'typed')))
        await sql`
          insert into coverage_judgement (zone_id, capability_key, organisation_id, verdict, level, at)
          values (${world.zoneId}, ${key}, ${organisation}, ${level ? 'confirm' : 'deny'}, ${level}, ${world.clock.now()})
          on conflict (zone_id, capability_key, organisation_id) do update set verdict = excluded.verdict, level = excluded.level`.execute(
          tx,
        )
    })
  const add = (zh: string, en: string, more: object) => world.addOrganisation({ names: { zh, en }, ...more })
  await world.within((tx) =>
    tx
      .updateTable('zone_organisation')
      .set({ kind: 'company', region: '澜东省' })
      .where('zone_id', '=', world.zoneId)
      .where('organisation_id', '=', world.own)
      .execute(),
  )
  const who = {
    university: await add('澜江大学', 'Lanjiang University', { kind: 'university', region: '澜东省', city: '澜江市' }),
    institute: await add('材料研究所', 'Institute of Materials', { kind: 'institute', region: '澜东省' }),
    presser: await add('等静压公司', 'Pressing Company', { kind: 'company', region: '澜西省' }),
    spare: await add('备选公司', 'Spare Company', { kind: 'company', region: '澜东省' }),
    neighbour: await add('传感公司', 'Sensor Company', { kind: 'company', region: '澜东省' }),
    fund: await add('产业基金', 'Industry Fund', { kind: 'fund', region: '澜东省' }),
  }
  await judge(who.university, 'electrolyte', 3)
  await judge(who.institute, 'interface', 3)
  await judge(who.institute, 'electrolyte', 1)
  await judge(who.presser, 'pressing', 3)
  await judge(who.spare, 'pressing', 2)
  await judge(who.neighbour, 'monitoring', 1)
  const need = await world.addNeed({
    title: { zh: '低压固态电池', en: 'Solid-state battery at low pressure' },
    summary: { zh: '公开摘要', en: 'What everybody may read.' },
    problem: { zh: '只有发起单位可见的难题' },
    capabilities: [
      { name: CAPABILITIES.electrolyte, weight: 5, critical: true, levelWanted: 2 },
      { name: CAPABILITIES.interface, weight: 4, critical: true, levelWanted: 2 },
      { name: CAPABILITIES.pressing, weight: 3, critical: false, levelWanted: 2 },
      { name: CAPABILITIES.monitoring, weight: 2, critical: false, levelWanted: 2 },
    ],
    ...needInput,
  })
  const compose = async (options: object = {}, asking: Asking = {}, of = need) => {
    const answered = await world.ask('POST', `/needs/${of}/proposals`, { body: { options }, ...asking })
    return answered.body?.workId ? awaitWork(world, answered) : answered
  }
  const propose = async (options: object = {}, asking: Asking = {}) => {
    const composed = await compose(options, asking)
    if (!composed.body?.proposalId) throw new Error(`No proposal was made: ${composed.text}`)
    const { body } = await world.ask('GET', `/proposals/${composed.body.proposalId}`, asking)
    return body as Proposal
  }
  return { ...world, need, who, judge, compose, propose }
}

/** A slow machine composes as work: waits for it, and answers as if it had been quick. */
async function awaitWork(world: TestWorld, answered: Answered): Promise<Answered> {
  const { workId } = answered.body
  await world.jobs.settled(world.zoneId, workId)
  const { body } = await world.ask('GET', `/work/${workId}`)
  if (body.state !== 'done')
    return { ...answered, status: FAULT_STATUS[body.fault.code as FaultCode], body: body.fault }
  return { ...answered, body: { proposalId: body.output.proposalId, workId: null } }
}
