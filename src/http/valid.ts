import type { Context } from 'hono'
import type { z } from 'zod'
import { Fault, type Issue } from '#kit/fault.ts'

const ISSUES_TOLD_MAX = 50

/** Parses at the edge, once. Throws `invalid` with every issue as a path and a rule, which the web words in the reader's language. */
export function parse<T extends z.ZodType>(schema: T, value: unknown, where: 'query' | 'body' | 'file'): z.output<T> {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.flatMap((issue) => issuesOf(issue)).slice(0, ISSUES_TOLD_MAX)
  throw new Fault('invalid', `The ${where} does not have the right form.`, {
    rule: `${where}.form`,
    issues,
    tip: 'Mend what the list names and send it again.',
  })
}

/** What Zod found wrong at a place, in our words. Of several allowed forms, the one that was meant tells what is wrong. */
function issuesOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): Issue[] {
  const place = [...above, ...issue.path]
  const path = place.join('.')
  switch (issue.code) {
    case 'too_big':
      return [{ path, rule: `${issue.origin}.too_big`, limit: Number(issue.maximum) }]
    case 'too_small':
      return [{ path, rule: `${issue.origin}.too_small`, limit: Number(issue.minimum) }]
    case 'invalid_type':
      return [{ path, rule: issue.input === undefined ? 'missing' : `${issue.expected}.expected` }]
    case 'invalid_value':
      return [{ path, rule: 'choice.unknown', limit: issue.values.join(', ') }]
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...place, key].join('.'), rule: 'key.unknown' }))
    case 'invalid_format':
      return [{ path, rule: `${issue.format}.format` }]
    case 'invalid_union': {
      const meant = issue.errors.filter((errors) => !errors.some((one) => isOtherType(one)))
      if (meant.length === 1) return meant[0]!.flatMap((one) => issuesOf(one, place))
      return [{ path, rule: issue.input === undefined ? 'missing' : 'invalid_union' }]
    }
    case 'custom':
      return [{ path, rule: issue.message, ...limitOf(issue) }]
    default:
      return [{ path, rule: issue.code }]
  }
}

const isOtherType = (issue: z.core.$ZodIssue) => issue.code === 'invalid_type' && issue.path.length === 0

function limitOf({ params }: z.core.$ZodIssueCustom): Pick<Issue, 'limit'> {
  const limit: unknown = params?.limit
  return typeof limit === 'number' || typeof limit === 'string' ? { limit } : {}
}

/** What no database keeps is taken out of a text: half characters and the null character. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

/** The request's JSON. An absent body is `undefined`; what is not JSON is refused. */
export async function readJson(context: Context): Promise<unknown> {
  const text = await context.req.text()
  if (!text) return undefined
  if (!/\bjson\b/.test(context.req.header('content-type') ?? ''))
    throw new Fault('unreadable', 'This takes JSON.', { rule: 'body.media_type', tip: 'Send application/json.' })
  try {
    return JSON.parse(text, (_key, value) => (typeof value === 'string' ? storable(value) : value))
  } catch {
    throw new Fault('unreadable', 'The body is not JSON.', { rule: 'body.json' })
  }
}
