import { useState } from 'react'
import { type Comparison, compareVersions } from '../../lib/compare.ts'
import { isRefusal, type Refusal } from '../../lib/refusal.ts'
import { type Form, useForm } from './use-form.ts'

export interface EditOptions<Kept extends { revision: number }, Draft extends object> {
  /** The record as it is read; the version that the page was opened with is held on to. */
  latest: Kept
  draftOf: (record: Kept) => Draft
  /** Sends the named fields, on the revision that they were made on. Throws the refusal. */
  save: (draft: Draft, fields: readonly (keyof Draft & string)[], revision: number) => Promise<unknown>
  refusal: Refusal | null
  /** Once it is saved, or there is nothing to save. */
  onDone: () => void
}

export interface Edit<Kept, Draft extends object> {
  opened: Kept
  form: Form<Draft>
  submit: () => Promise<void>
  /** Two people changed the record: for `ConflictPanel`. */
  clash: { now: Kept; comparison: Comparison } | null
  settle: (choices: { [field: string]: 'mine' | 'theirs' }) => Promise<void>
  dropClash: () => void
}

/** Editing a record that somebody else may be editing too: the second to save is shown both versions and loses nothing. */
export function useEdit<Kept extends { revision: number }, Draft extends object>(
  options: EditOptions<Kept, Draft>,
): Edit<Kept, Draft> {
  const { latest, draftOf, save, refusal, onDone } = options
  const [opened] = useState(latest)
  const form = useForm(draftOf(opened), refusal)
  const [clash, setClash] = useState<{ now: Kept; comparison: Comparison } | null>(null)

  const compare = (now: Kept) => ({
    now,
    comparison: compareVersions(Object.keys(form.values), {
      base: draftOf(opened),
      mine: form.values,
      now: draftOf(now),
    }),
  })
  const attempt = async (fields: readonly (keyof Draft & string)[], revision: number) => {
    try {
      await save(form.values, fields, revision)
    } catch (error) {
      // While the first clash is settled, a third person may be quicker still.
      if (isRefusal(error) && error.code === 'changed_meanwhile') setClash(compare(error.now as Kept))
      throw error
    }
    onDone()
  }
  return {
    opened,
    form,
    clash,
    dropClash: () => setClash(null),
    submit: async () => (form.changed.length ? attempt(form.changed, opened.revision) : onDone()),
    async settle(choices) {
      if (!clash) return
      const { conflicts, mine } = clash.comparison
      const chosen = conflicts.map(({ field }) => field).filter((field) => choices[field] === 'mine')
      const fields = [...mine, ...chosen] as (keyof Draft & string)[]
      if (!fields.length) return onDone()
      await attempt(fields, clash.now.revision).catch(() => undefined)
    },
  }
}
