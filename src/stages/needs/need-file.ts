import { parse } from '#http/valid.ts'
import { contentOf, EMPTY_CONTENT, type NeedContent } from './content-rules.ts'
import { NeedFile } from './model.ts'
import { lacksToBeWhole, refuseLacks } from './rules.ts'

/**
 * A need file (already read as JSON) as content, for what works on a need without posting it. Capabilities have no id.
 * Throws `invalid` with an issue for each thing that is wrong.
 */
export function readNeedFile(file: unknown): NeedContent {
  const content = { ...EMPTY_CONTENT, ...contentOf(parse(NeedFile, file, 'file')) }
  refuseLacks(lacksToBeWhole(content))
  return content
}
