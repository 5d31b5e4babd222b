import { type Command, command } from '#db/command.ts'
import { json } from '#db/db.ts'
import { keyedId } from '#kit/ids.ts'
import { systemCaller } from '#stages/caller.ts'
import { DEMO_PASSWORD } from '#stages/house/demo-accounts.ts'
import type { World } from '../world.ts'
import { type DemoFiles, type DemoPerson, readExample } from './files.ts'
import { plantNeeds } from './needs.ts'
import { plantOrganisations } from './organisations.ts'
import { plantPlan } from './plan.ts'
import { plantProjects, plantResults } from './results.ts'
import { collectWords, textsOf, type Words } from './words.ts'

/**
 * Plants a zone of `examples/` with its accounts, as one command of the zone's own chain: it stands whole or not at all.
 * The ids come from the files' keys, so that two machines agree.
 */
export async function plantDemo(world: World, name = 'demo-zone'): Promise<{ zoneId: string; slug: string }> {
  const files = await readExample(name)
  const { zone } = files
  const zoneId = keyedId('demo', zone.key, 'zone', zone.key)
  const accounts = await makeAccounts(world, files.people)
  const order = { name: 'demo.plant', input: { name }, key: `demo:${zone.key}`, at: world.clock.now() }
  await command(world.database, systemCaller(zoneId), order, async (done) => {
    const words = collectWords()
    await plantZone(done, zoneId, files, words)
    const organisations = await plantOrganisations(
      done,
      { id: zoneId, key: zone.key, currency: zone.currency, timeZone: zone.timeZone },
      files.organisations,
      words,
    )
    await plantProjects(done, { zoneId, zoneKey: zone.key, projects: files.projects, organisations, words })
    await plantResults(done, { zoneId, zoneKey: zone.key, results: files.results, organisations, words })
    await plantPlan(done, { zoneId, zone, organisations, words })
    await plantMembers(done, zoneId, files.people, accounts, organisations)
    await plantNeeds(done, { zoneId, zoneKey: zone.key, needs: files.needs, organisations, timeZone: zone.timeZone })
    for (const term of words.terms())
      await done.tx
        .insertInto('term')
        .values({ zone_id: zoneId, text: term.text, names: json(term.names) })
        .execute()
    done.changed({ subject: { kind: 'zone', id: zoneId }, action: 'planted' })
    return { zoneId }
  })
  return { zoneId, slug: zone.key }
}

async function plantZone({ tx }: Command, zoneId: string, { zone }: DemoFiles, words: Words) {
  await tx
    .insertInto('zone')
    .values({
      id: zoneId,
      slug: zone.key,
      name: json(textsOf(zone.name)),
      statement: json(textsOf(zone.statement)),
      city: words.keep(zone.city),
      country: zone.country,
      time_zone: zone.timeZone,
      currency: zone.currency,
      demo: true,
      invented: true,
    })
    .execute()
}

/** The demo's accounts; one that is there already keeps its password. */
async function makeAccounts(world: World, people: readonly DemoPerson[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { email, name } of people) {
    const { id } = await world.accounts.add({ email, name: name.zh ?? name.en ?? email, password: DEMO_PASSWORD })
    ids.set(email, id)
  }
  return ids
}

async function plantMembers(
  { tx }: Command,
  zoneId: string,
  people: readonly DemoPerson[],
  accounts: ReadonlyMap<string, string>,
  organisations: ReadonlyMap<string, string>,
) {
  for (const { email, name, role, organisationKey } of people)
    await tx
      .insertInto('membership')
      .values({
        zone_id: zoneId,
        account_id: accounts.get(email)!,
        role,
        organisation_id: (organisationKey && organisations.get(organisationKey)) || null,
        name: name.zh ?? name.en ?? email,
        email,
      })
      .execute()
}
