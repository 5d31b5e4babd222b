import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { admit } from '#http/serve.ts'
import { parse } from '#http/valid.ts'
import { Fault, type FaultCode, type FaultDetails } from '#kit/fault.ts'
import { composeApi } from '#stages/compose/api.ts'
import { BulkInput, type BulkRun } from '#stages/compose/bulk-model.ts'
import { orderBulk, readBulkRun } from '#stages/compose/bulk-service.ts'
import { readWork } from '#stages/house/read-service.ts'
import type { CommandLine } from './commands.ts'
import { inZone, type Session } from './session.ts'
import { Misuse, print } from './tell.ts'

/** `consortia compose --all`: the same road as in the browser, waited for; each need keeps its proposal. */
export async function runComposeAll(line: CommandLine): Promise<void> {
  if (line.positionals.length) throw new Misuse('--all is for all open needs, so that no need is named with it.')
  for (const option of ['pin', 'ban', 'pack', 'newcomers', 'apart'])
    if (line.values[option] !== undefined) throw new Misuse(`--${option} is for one need and can't stand with --all.`)
  const input = inputOf(line)
  await inZone(
    line,
    async (session) => {
      admit(composeApi.orderBulk, session.caller)
      const run = await composeAll(session, input)
      print(line, answerOf(run), textOf(run))
    },
    { jobs: true },
  )
}

function inputOf({ values }: CommandLine) {
  const { weights, capacity, seconds, seed } = values as Record<string, string | undefined>
  const options = {
    ...(weights === undefined ? {} : { weights }),
    ...(capacity === undefined ? {} : { capacity: Number(capacity) }),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(values.anew ? { again: 'all' as const } : {}),
  }
  return parse(BulkInput, { options }, 'body')
}

async function composeAll({ world, caller }: Session, input: ReturnType<typeof inputOf>): Promise<BulkRun> {
  const order = { name: 'compose.order_bulk', input, at: world.clock.now() }
  const { output } = await command(world.database, caller, order, (done) => orderBulk(world, done, caller, input))
  await world.jobs.settled(caller.zoneId, output.workId)
  const work = await readAs(world.database, caller, (tx) => readWork(tx, caller, output.workId))
  if (work.state !== 'done') {
    const { code = 'cancelled', message = 'The run was cancelled.', ...details } = (work.fault ?? {}) as FaultTold
    throw new Fault(code, message, details)
  }
  return readAs(world.database, caller, (tx) => readBulkRun(tx, caller, output.workId))
}

type FaultTold = FaultDetails & { code?: FaultCode; message?: string }

/** The fixed form of the answer. */
function answerOf({ needs, skipped, seats, totals, stopped, seconds, options }: BulkRun) {
  return {
    seconds,
    capacity: options.capacity,
    ...totals,
    stopped,
    needs: needs.map((need) => ({
      need: need.id,
      title: need.name,
      status: need.status,
      proposal: need.proposalId,
      objective: need.objective,
      alone: need.alone,
      givesUp: need.givesUp,
      covered: need.covered,
      of: need.of,
      kept: need.kept,
      members: need.members.map(({ id, name, role }) => ({ id, name, role })),
    })),
    seats: seats.map(({ id, name, elsewhere, askedBy, takenBy, price }) => ({
      id,
      name,
      elsewhere,
      asked: askedBy.length,
      taken: takenBy.length,
      price,
    })),
    skipped: skipped.map(({ id, name, reason }) => ({ need: id, title: name, reason })),
  }
}

function textOf({ needs, totals, skipped }: BulkRun): string {
  const rows = needs.map(({ name, status, members, covered, of, givesUp }) => {
    const team = members.map((member) => member.name).join(', ')
    return `${name}: ${status}, ${covered ?? 0} of ${of}, gives up ${givesUp ?? '-'}${team ? `\n  ${team}` : ''}`
  })
  const left = skipped.map(({ name, reason }) => `${name}: left out, ${reason}`)
  return [...rows, ...left, `${totals.together} points together, at most ${totals.bound}`].join('\n')
}
