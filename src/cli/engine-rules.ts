import { z } from 'zod'
import { builtInPacks, packFor } from '#engines/rules/catalogue.ts'
import { compileTeam } from '#engines/rules/compile.ts'
import { readDay, readMemberFacts } from '#engines/rules/facts.ts'
import { CANDIDATES_MAX } from '#engines/rules/model.ts'
import { type Pack, readPack } from '#engines/rules/pack.ts'
import { type Preview, previewPack, SUBJECTS_MAX } from '#engines/rules/preview.ts'
import type { Reason } from '#engines/rules/reason.ts'
import { checkFacts, tellAnswer } from '#engines/rules/run.ts'
import { parse } from '#http/valid.ts'
import type { CommandLine } from './commands.ts'
import { readJsonFile } from './json-file.ts'
import { Misuse, print, wordOf } from './tell.ts'

const DAY_LENGTH = 'YYYY-MM-DD'.length

const Subject = z.strictObject({ id: z.string().min(1).max(200), facts: z.record(z.string(), z.unknown()) })
const namedOnce = (list: { id: string }[]) => new Set(list.map(({ id }) => id)).size === list.length
const Subjects = z.array(Subject).max(SUBJECTS_MAX).refine(namedOnce, 'file.id_twice')
const Candidates = z.array(Subject).max(CANDIDATES_MAX).refine(namedOnce, 'file.id_twice')

/** Rule packs: checks facts, lists packs, compiles a team's rows for a solver, or previews a pack. */
export async function runRules(line: CommandLine): Promise<void> {
  if (line.values.list) return listPacks(line)
  const asked = ['facts', 'candidates', 'preview'].filter((option) => line.values[option] !== undefined)
  if (asked.length !== 1) throw new Misuse('Give one of --facts, --candidates, --preview and --list.')
  const date = dateOf(line)
  const pack = await packOf(wordOf(line, 'pack'), date)
  if (line.values.preview !== undefined) return previewFile(line, pack, date)
  const held = packFor(pack.form.id, date, [pack])
  return line.values.facts === undefined ? compileFile(line, held, date) : checkFile(line, held, date)
}

function dateOf({ values }: CommandLine): string {
  const date = typeof values.date === 'string' ? values.date : new Date().toISOString().slice(0, DAY_LENGTH)
  readDay(date)
  return date
}

/** A pack by its id, as of a day, or out of a file, where it may be one that does not hold yet. */
async function packOf(named: string, date: string): Promise<Pack> {
  return named.endsWith('.json') ? readPack(await readJsonFile(named)) : packFor(named, date)
}

async function checkFile(line: CommandLine, pack: Pack, date: string): Promise<void> {
  const answer = checkFacts(pack, await readJsonFile(wordOf(line, 'facts')), date)
  const { reasons, notApplicable, lead } = answer
  const told = { ...tellAnswer(answer), pack: answer.pack, date, lead, notApplicable, reasons }
  const outcome = answer.eligible === null ? 'to be checked by hand' : answer.eligible ? 'eligible' : 'not eligible'
  const head = `${pack.form.title.en}, ${pack.form.id} ${pack.form.version}, as of ${date}: ${outcome}`
  print(line, told, [head, ...reasons.map(lineOf)].join('\n'))
}

const VERDICTS = { met: 'met', missed: 'missed', unknown: 'check by hand' } as const

function lineOf({ verdict, rule, have, between, words, source, missing, why, waived }: Reason): string {
  const range = between ? `between ${between.from ?? 'anything'} and ${between.to ?? 'anything'}` : 'not known'
  const causes = {
    certainty: 'nobody has confirmed the rule',
    facts: `not known: ${missing.map(({ fact }) => fact).join(', ')}`,
    judgement: 'a matter of judgement',
  }
  const cause = waived ? '; something else stands in for it' : why ? `; ${causes[why]}` : ''
  return `  ${VERDICTS[verdict]}: ${rule}: ${words.en} (has: ${have ?? range}${cause}) · ${source}`
}

async function compileFile(line: CommandLine, pack: Pack, date: string): Promise<void> {
  const file = parse(Candidates, await readJsonFile(wordOf(line, 'candidates')), 'file')
  const candidates = file.map(({ id, facts }) => ({ id, facts: readMemberFacts(pack, facts) }))
  const lead = typeof line.values.lead === 'string' ? line.values.lead : null
  const compiled = compileTeam(pack, candidates, { date, keep: 'not_missed', lead })
  const text = compiled.constraints.map((one) =>
    one.kind === 'linear'
      ? `${one.id}: ${one.terms.length} candidates ${one.sense} ${one.bound}`
      : `${one.id}: at least ${one.distinctMin} groups of ${one.groupsOf.length} candidates`,
  )
  const byHand = compiled.byHand.map(({ rule, why }) => `by hand: ${rule} (${why})`)
  print(line, compiled, [...text, ...byHand].join('\n'))
}

async function previewFile(line: CommandLine, pack: Pack, date: string): Promise<void> {
  const subjects = parse(Subjects, await readJsonFile(wordOf(line, 'preview')), 'file')
  const before = typeof line.values.before === 'string' ? await packOf(line.values.before, date) : undefined
  const preview = previewPack(pack, subjects, { date, ...(before ? { before } : {}) })
  print(line, preview, tellPreview(preview))
}

function tellPreview({ eligible, notEligible, byHand, rows, changes, refused }: Preview): string {
  const head = `${eligible.count} eligible, ${notEligible.count} not, ${byHand.count} to be checked by hand`
  const change = changes
    ? [`${changes.becomeEligible.count} become eligible, ${changes.ceaseToBe.count} cease to be`]
    : []
  const each = rows.map(
    ({ rule, met, missed, unknown }) => `  ${rule}: ${met} met, ${missed.count} missed, ${unknown.count} by hand`,
  )
  const aside = refused.map(({ id, rule }) => `  set aside: ${id} (${rule})`)
  return [head, ...change, ...each, ...aside].join('\n')
}

/** All packs; or one pack whole, with the facts that it knows, in every version or as of a day. */
async function listPacks(line: CommandLine): Promise<void> {
  const { pack: named } = line.values
  if (typeof named === 'string') {
    const versions = await versionsOf(line, named)
    const text = versions.flatMap(({ form }) => [
      `${form.id} ${form.version}, from ${form.effective.from}${form.effective.to ? ` to ${form.effective.to}` : ''}: ${form.title.en} ${form.title.zh}`,
      ...form.facts.map(
        (fact) =>
          `  ${fact.of === 'organisation' ? '' : `${fact.of}: `}${fact.name} (${fact.type === 'number' ? fact.unit.en : fact.type === 'choice' ? fact.choices.join('|') : fact.type}): ${fact.words.en} ${fact.words.zh}`,
      ),
    ])
    print(
      line,
      versions.map(({ form, hash }) => ({ ...form, hash })),
      text.join('\n'),
    )
    return
  }
  const packs = builtInPacks()
  const rows = packs.map(({ form: { id, version, about, title, effective, source, rows }, hash }) => ({
    id,
    version,
    about,
    title,
    effective,
    source,
    rows: rows.length,
    hash,
  }))
  const text = rows.map(
    ({ id, version, effective, title }) => `${id} ${version}, from ${effective.from}: ${title.en} ${title.zh}`,
  )
  print(line, rows, text.join('\n'))
}

async function versionsOf(line: CommandLine, named: string): Promise<Pack[]> {
  if (line.values.date !== undefined || named.endsWith('.json')) return [await packOf(named, dateOf(line))]
  const versions = builtInPacks().filter(({ form }) => form.id === named)
  return versions.length > 0 ? versions : [packFor(named, dateOf(line))]
}
