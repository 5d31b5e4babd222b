import { Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { isStaff } from '#stages/caller.ts'
import { mayChangeOwners } from '#stages/registry/access.ts'
import { registryApi } from '#stages/registry/api.ts'
import type { Result } from '#stages/registry/result-model.ts'
import { useGo } from '../../lib/address.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EditPage } from '../../ui/form/edit-page.tsx'
import { FormPage } from '../../ui/form/form-page.tsx'
import { useEdit } from '../../ui/form/use-edit.ts'
import { useForm } from '../../ui/form/use-form.ts'
import { tell } from '../../ui/toasts.tsx'
import { emptyResult, resultDraftOf, resultToSend } from './result-draft.ts'
import { ResultFields } from './result-fields.tsx'
import { useResultFactNames, useResultFactValues } from './result-values.tsx'
import { resultWords } from './result-words.ts'

export function AddResult() {
  const say = useWords(resultWords)
  const go = useGo()
  const { caller } = useZone()
  const own = useRead(registryApi.organisation, {
    params: { organisation: caller.organisationId ?? '' },
    enabled: caller.organisationId !== null,
  })
  if (caller.organisationId && own.isPending) return <Skeleton height={480} />
  const owner = own.data ? { id: own.data.id, name: own.data.name } : null
  return <NewResult owner={owner} say={say} go={go} mayOwn={isStaff(caller)} />
}

interface NewProps {
  owner: { id: string; name: string } | null
  say: ReturnType<typeof useWords<typeof resultWords.table>>
  go: ReturnType<typeof useGo>
  mayOwn: boolean
}

function NewResult({ owner, say, go, mayOwn }: NewProps) {
  const write = useWrite(registryApi.addResult)
  const form = useForm(emptyResult(owner), write.refusal)
  const submit = async () => {
    const { id } = await write.run({ body: resultToSend(form.values, ['title', 'owners', ...form.changed]) as never })
    tell(say('added', { name: Object.values(form.values.title).find(Boolean) ?? '' }))
    go(`/results/${id}`, {}, { replace: true })
  }
  return (
    <FormPage
      title={say('addTitle')}
      submitWord={say('add')}
      onSubmit={submit}
      onCancel={() => go('/results')}
      isSaving={write.isRunning}
      isDirty={form.isDirty}
      error={write.refusal}
    >
      <ResultFields form={form} mayOwn={mayOwn} />
    </FormPage>
  )
}

export function EditResult() {
  const { result: id } = useParams({ strict: false }) as { result: string }
  const { data, error, isPending, refetch } = useRead(registryApi.result, { params: { result: id } })
  if (isPending) return <Skeleton height={480} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return <Editor latest={data} key={data.id} />
}

function Editor({ latest }: { latest: Result }) {
  const say = useWords(resultWords)
  const text = useText()
  const go = useGo()
  const { caller } = useZone()
  const write = useWrite(registryApi.changeResult)
  const label = useResultFactNames()
  const show = useResultFactValues()
  const edit = useEdit({
    latest,
    draftOf: resultDraftOf,
    refusal: write.refusal,
    async save(draft, fields, revision) {
      await write.run({ params: { result: latest.id }, body: { ...resultToSend(draft, fields), revision } as never })
      tell(say('saved'))
    },
    onDone: () => go(`/results/${latest.id}`, {}, { replace: true }),
  })
  const { opened, form } = edit
  return (
    <EditPage
      edit={edit}
      write={write}
      label={label}
      show={show}
      title={say('editTitle', { name: text(opened.titles) || opened.title })}
      onCancel={() => go(`/results/${opened.id}`)}
    >
      <ResultFields form={form} mayOwn={mayChangeOwners(caller)} />
    </EditPage>
  )
}
