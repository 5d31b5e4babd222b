import { readAs } from '#db/caller.ts'
import { admit } from '#http/serve.ts'
import { parse } from '#http/valid.ts'
import { Fault } from '#kit/fault.ts'
import { systemCaller } from '#stages/caller.ts'
import { houseApi } from '#stages/house/api.ts'
import { MemberInput } from '#stages/house/model.ts'
import { addMember } from '#stages/house/service.ts'
import type { World } from '../world.ts'
import type { CommandLine } from './commands.ts'
import { inZone, type Session } from './session.ts'
import { print } from './tell.ts'

export async function runAddMember(line: CommandLine): Promise<void> {
  const { name, role, organisation } = line.values
  const input = parse(MemberInput, { email: line.positionals[0], name, role, organisationId: organisation }, 'body')
  const add = async ({ world, caller, zone }: Session) => {
    admit(houseApi.addMember, caller)
    const since = world.clock.now()
    const { id } = await addMember(world, caller, input)
    const link = await linkSince(world, zone.id, id, since)
    print(line, { id, link }, link ?? 'They have a password already and sign in with it.')
  }
  await inZone(line, add, { mayStartZone: true })
}

export async function runLinkMember(line: CommandLine): Promise<void> {
  await inZone(line, async ({ world, caller, zone }) => {
    admit(houseApi.addMember, caller)
    const account = await world.accounts.find(line.positionals[0]!)
    if (!account) throw new Fault('not_found', 'There is no account of this address.', { rule: 'account.unknown' })
    const since = world.clock.now()
    await world.accounts.invite(account.email)
    const link = await linkSince(world, zone.id, account.id, since)
    if (!link)
      throw new Fault('not_found', 'This person is not a member of the zone, or has since joined another.', {
        rule: 'member.unknown',
        tip: 'The letter with the link lies in the outbox of the zone that they joined last.',
      })
    print(line, { id: account.id, link }, link)
  })
}

/** The link in the letter that was posted to an account just now. */
async function linkSince({ database }: World, zoneId: string, accountId: string, since: Date): Promise<string | null> {
  return readAs(database, systemCaller(zoneId), async (tx) => {
    const letter = await tx
      .selectFrom('outbox')
      .select('link')
      .where('zone_id', '=', zoneId)
      .where('to_account', '=', accountId)
      .where('created_at', '>=', since)
      .orderBy('id', 'desc')
      .executeTakeFirst()
    return letter?.link ?? null
  })
}
