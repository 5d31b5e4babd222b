import { expect, it } from 'vitest'
import { LEDGER_FIELDS, ORGANISATION_FIELDS, RESULT_FIELDS } from '#engines/tables/dictionary.ts'
import { ASIDE_REASONS, READING_NOTES, VALUE_RULES } from '#engines/tables/types.ts'
import { IMPORT_STATES, ORGANISATION_TARGETS, RESULT_TARGETS, SUBJECTS, VERDICTS } from '#stages/imports/model.ts'
import { REFUSAL_WORDS } from '#stages/imports/refusal-words.ts'
import { IP_NOTES } from '#stages/registry/result-model.ts'
import { CORDIS_RULES } from '../../../files/cordis-rows.ts'
import { FILE_NOTES, FILE_RULES } from '../../../files/types.ts'
import { ruleInWords } from '../../lib/refusal-words.ts'
import { READER_LANGUAGES } from '../../lib/words.ts'
import { fieldWords } from './field-words.ts'
import { mappingWords } from './mapping-words.ts'
import { noteWords } from './note-words.ts'
import './refusals.ts'
import { importWords } from './words.ts'

const LEDGER_KEYS = Object.keys(LEDGER_FIELDS)
const OWN_KEYS = [
  ...Object.keys(ORGANISATION_FIELDS).map((field) => `organisation.${field}`),
  ...Object.keys(RESULT_FIELDS).map((field) => `result.${field}`),
]
const TARGETS = [
  ...ORGANISATION_TARGETS.map((field) => `organisation.${field}`),
  ...RESULT_TARGETS.map((field) => `result.${field}`),
]

it.each([
  ['a file is refused by', FILE_RULES],
  ['a value is refused by', VALUE_RULES],
  ['a row of CORDIS is refused by', CORDIS_RULES],
  ['a row is refused by', Object.keys(REFUSAL_WORDS)],
  ['makes a patent number odd', IP_NOTES.map((note) => `patent.${note}`)],
])('every rule that %s is worded', (_, rules) => {
  const unworded = rules.flatMap((rule) =>
    READER_LANGUAGES.filter((language) => !ruleInWords(rule, '', language)).map((language) => `${rule} (${language})`),
  )
  expect(unworded).toEqual([])
})

it.each<[string, readonly string[], readonly string[]]>([
  ['note on a value', READING_NOTES.map((note) => `note.${note}`), noteWords.keys],
  ['reason to set a row aside', ASIDE_REASONS.map((reason) => `note.aside.${reason}`), noteWords.keys],
  ['note on a file', FILE_NOTES.map((note) => `fileNote.${note}`), mappingWords.keys],
  ['field that a column can be', TARGETS.map((field) => `field.${field}`), fieldWords.keys],
  ['field that is recognised', [...LEDGER_KEYS, ...OWN_KEYS].map((field) => `field.${field}`), fieldWords.keys],
  ['state', IMPORT_STATES.map((state) => `state.${state}`), importWords.keys],
  ['outcome', VERDICTS.map((verdict) => `verdict.${verdict}`), importWords.keys],
  ['subject', SUBJECTS.map((subject) => `one.${subject}`), importWords.keys],
])('every %s is worded', (_, wanted, keys) => {
  expect(wanted.filter((key) => !keys.includes(key))).toEqual([])
})
