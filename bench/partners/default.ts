import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { partnersModel, type QuestionForm } from '#engines/partners/learn.ts'
import { readCordisPartners } from '../../src/cli/cordis-partners.ts'
import { sharedPath } from '../search/sets.ts'

/** Learns the models that stand in for records that are too few, and writes them beside the engine. */

const FOLDER = join(import.meta.dirname, '../../src/engines/partners')

const asked = process.argv.slice(2)

async function write(form: QuestionForm, path: string, before: string, withTexts: boolean): Promise<void> {
  if (asked.length > 0 && !asked.includes(form)) return
  const model = partnersModel(await readCordisPartners(path, before), before, { form, withTexts })
  if (!model) throw new Error(`${path} holds too little to learn from.`)
  const file = join(FOLDER, `default-${form}.json`)
  writeFileSync(file, `${JSON.stringify(model)}\n`)
  console.log(`${file}: ${model.examples} examples before ${before}, data ${model.dataHash}`)
}

await write('completing', sharedPath('cordis-h2020/cordis-h2020projects-csv.zip'), '2019-01-01', false)
await write('opening', sharedPath('projects-with-organisations/projects-csv.zip'), '2020-01-01', true)
