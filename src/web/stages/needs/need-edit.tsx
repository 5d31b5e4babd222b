import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { needsApi } from '#stages/needs/api.ts'
import type { Need } from '#stages/needs/model.ts'
import { useGo } from '../../lib/address.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FormPage } from '../../ui/form/form-page.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Loading } from '../../ui/loading.tsx'
import { tell } from '../../ui/toasts.tsx'
import { draftOf, EMPTY_DRAFT, factsOf, type NeedDraft } from './need-draft.ts'
import { NeedFields } from './need-fields.tsx'
import { needTitles } from './titles.ts'
import { needWords } from './words.ts'

export function AddNeed() {
  return <NeedForm need={null} />
}

export function EditNeed() {
  const { need: id } = useParams({ strict: false }) as { need: string }
  const { data, error, refetch } = useRead(needsApi.need, { params: { need: id } })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return data ? <NeedForm need={data} /> : <Loading />
}

/** One page for the whole need. A draft may be incomplete; submitting asks for the rest. */
function NeedForm({ need }: { need: Need | null }) {
  const say = useWords(needWords)
  const titles = useWords(needTitles)
  const go = useGo()
  const add = useWrite(needsApi.addNeed)
  const change = useWrite(needsApi.changeNeed)
  const move = useWrite(needsApi.moveNeed)
  const refusal = move.refusal ?? change.refusal ?? add.refusal
  const [kept, keep] = useState<{ id: string; revision: number } | null>(need)
  const form = useForm<NeedDraft>(need ? draftOf(need) : EMPTY_DRAFT, refusal)
  const andSubmit = useRef(false)
  const maySubmit = !need || need.mayMove.includes('submit')

  const save = async () => {
    const facts = factsOf(form.values)
    const saved = kept
      ? await change.run({ params: { need: kept.id }, body: { ...facts, revision: kept.revision } })
      : await add.run({ body: facts })
    keep(saved)
    if (andSubmit.current)
      await move.run({ params: { need: saved.id }, body: { action: 'submit', revision: saved.revision } })
    tell(say(andSubmit.current ? 'did.submit' : 'saved'))
    go(`/needs/${saved.id}`)
  }
  return (
    <FormPage
      title={need ? titles('editNeed') : titles('addNeed')}
      intro={say('intro')}
      submitWord={say('saveDraft')}
      onSubmit={() => {
        const submitting = andSubmit.current
        return save().finally(() => {
          if (submitting) andSubmit.current = false
        })
      }}
      onCancel={() => go(kept ? `/needs/${kept.id}` : '/needs')}
      isSaving={add.isRunning || change.isRunning || move.isRunning}
      isDirty={form.isDirty}
      error={refusal}
      actions={
        maySubmit ? (
          <Button
            type="submit"
            variant="light"
            onClick={() => {
              andSubmit.current = true
            }}
          >
            {say('saveAndSubmit')}
          </Button>
        ) : null
      }
    >
      <NeedFields form={form} refusal={refusal} />
    </FormPage>
  )
}
