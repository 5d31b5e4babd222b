import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { admit } from '#http/serve.ts'
import { parse } from '#http/valid.ts'
import { needsApi } from '#stages/needs/api.ts'
import { exportNeeds } from '#stages/needs/read-service.ts'
import { registryApi } from '#stages/registry/api.ts'
import { exportOrganisations, exportResults } from '#stages/registry/list-service.ts'
import type { CommandLine } from './commands.ts'
import { inZone, type Session } from './session.ts'
import { Misuse, print } from './tell.ts'

/** What can leave as a file: who may, which filters the list knows, and how it is read. */
const LISTS = {
  organisations: ({ world, caller }: Session, asked: unknown) => {
    admit(registryApi.exportOrganisations, caller)
    return exportOrganisations(world, caller, parse(registryApi.exportOrganisations.query!, asked, 'query'))
  },
  results: ({ world, caller }: Session, asked: unknown) => {
    admit(registryApi.exportResults, caller)
    return exportResults(world, caller, parse(registryApi.exportResults.query!, asked, 'query'))
  },
  needs: ({ world, caller }: Session, asked: unknown) => {
    admit(needsApi.exportNeeds, caller)
    return exportNeeds(world, caller, parse(needsApi.exportNeeds.query!, asked, 'query'))
  },
} as const

/** Writes a list, as the web's export does, filters and all. */
export async function runExport(line: CommandLine): Promise<void> {
  const name = line.positionals[0]!
  const { format, out, language, filter } = line.values as Record<string, string | undefined>
  if (!Object.hasOwn(LISTS, name)) throw new Misuse(`There is no list ${name}: ${Object.keys(LISTS).join(', ')}.`)
  if (!out) throw new Misuse('--out is missing.')
  const asked = {
    ...Object.fromEntries(new URLSearchParams(filter)),
    format: format ?? (out.endsWith('.csv') ? 'csv' : 'xlsx'),
    ...(language ? { language } : {}),
  }
  await inZone(line, async (session) => {
    const { body } = await LISTS[name as keyof typeof LISTS](session, asked)
    const file = createWriteStream(out)
    await pipeline(Readable.fromWeb(body as ReadableStream), file)
    print(line, { list: name, out, bytes: file.bytesWritten }, out)
  })
}
