import type { z } from 'zod'
import { canonicalJson } from '#kit/canonical.ts'
import { Fault, type Issue } from '#kit/fault.ts'
import { sha256 } from '#kit/ids.ts'
import type { Vocabulary } from './evaluate.ts'
import { PACK_DEPTH_MAX, PACK_NODES_MAX, PackForm } from './model.ts'
import { findPackIssues } from './sound.ts'

/** A pack that was checked, with the hash that results store. */
export interface Pack extends Vocabulary {
  readonly form: PackForm
  /** SHA-256 of its canonical JSON, hexadecimal. */
  readonly hash: string
}

const ISSUES_MAX = 50

/**
 * Reads a rule pack from its JSON.
 *
 * @throws Fault `too_large` beyond PACK_NODES_MAX and PACK_DEPTH_MAX, `invalid` with each thing that is wrong: its form,
 *   names that nothing bears, figures that depend on themselves, rows that do not fit whom the pack is about.
 */
export function readPack(value: unknown): Pack {
  refuseTooLarge(value)
  const parsed = PackForm.safeParse(value)
  if (!parsed.success) throw badPack(parsed.error.issues.flatMap((issue) => issuesOf(issue)))
  const form = parsed.data
  const issues = findPackIssues(form)
  if (issues.length > 0) throw badPack(issues)
  return { form, hash: sha256(canonicalJson(form)), ...vocabularyOf(form) }
}

function vocabularyOf({ facts, derived = [] }: PackForm): Vocabulary {
  return {
    facts: new Map(facts.map((fact) => [fact.name, fact])),
    derived: new Map(derived.map((figure) => [figure.name, figure])),
  }
}

function badPack(issues: readonly Issue[]): Fault {
  const { path, rule } = issues[0]!
  return new Fault('invalid', `The rule pack is not well formed: ${path || 'the whole'} (${rule}).`, {
    rule: 'rules.pack.form',
    issues: issues.slice(0, ISSUES_MAX),
    tip: 'Mend what the list names; docs/guide/rules.md tells what a pack may hold.',
  })
}

/** What is wrong with a value that could have had several forms is told of the form that it names. */
function issuesOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): Issue[] {
  const place = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...place, key].join('.'), rule: 'key.unknown' }))
  if (issue.code !== 'invalid_union')
    return [{ path: place.join('.'), rule: issue.code === 'custom' ? issue.message : issue.code }]
  const meant = [...issue.errors].sort((a, b) => Number(isOther(a)) - Number(isOther(b)) || a.length - b.length)[0]
  if (!meant) return [{ path: place.join('.'), rule: issue.code }]
  return meant.flatMap((one) => issuesOf(one, place))
}

const isOther = (issues: readonly z.core.$ZodIssue[]) =>
  issues.some(({ path }) => path.length === 0 || path[0] === 'form' || path[0] === 'of')

/** Walks without recursion, before anything recursive sees the value. */
function refuseTooLarge(value: unknown): void {
  let nodes = 0
  const open: { node: unknown; depth: number }[] = [{ node: value, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next
    nodes += 1
    if (depth > PACK_DEPTH_MAX) throw tooLarge('rules.pack.depth', PACK_DEPTH_MAX)
    if (nodes + open.length > PACK_NODES_MAX) throw tooLarge('rules.pack.nodes', PACK_NODES_MAX)
    if (typeof node !== 'object' || node === null) continue
    for (const child of Object.values(node)) {
      if (open.length > PACK_NODES_MAX) throw tooLarge('rules.pack.nodes', PACK_NODES_MAX)
      open.push({ node: child, depth: depth + 1 })
    }
  }
}

function tooLarge(rule: string, limit: number): Fault {
  return new Fault('too_large', 'The rule pack is too large.', { rule, limit, tip: 'Split it into several packs.' })
}
