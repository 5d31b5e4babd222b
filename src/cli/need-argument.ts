import { parse } from '#http/valid.ts'
import { NeedFile } from '#stages/needs/model.ts'
import { readNeedFile } from '#stages/needs/need-file.ts'
import { type Language, type Texts, toTexts } from '#stages/texts.ts'
import { readJsonFile } from './json-file.ts'

/** NEED on the command line: the id of a posted need, or a need file, which is worked on without being posted. */
export type NeedArgument = { id: string } | { file: NeedFile; language: Worded }
export type Worded = Extract<Language, 'zh' | 'en'>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Throws `unreadable` for what is neither, and `invalid` with each thing that is wrong in the file. */
export async function readNeedArgument(argument: string): Promise<NeedArgument> {
  if (UUID.test(argument)) return { id: argument.toLowerCase() }
  const json = await readJsonFile(argument)
  readNeedFile(json)
  const file = parse(NeedFile, json, 'file')
  return { file, language: languageOf(toTexts(file.title, 'typed')) }
}

/** The language in which a need speaks: Chinese where its title has any. */
export function languageOf(title: Texts): Worded {
  return title.zh || title['zh-Hant'] ? 'zh' : 'en'
}
