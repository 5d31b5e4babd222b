import { Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { mayChangeIdentifiers, mayReadNotes } from '#stages/registry/access.ts'
import { registryApi } from '#stages/registry/api.ts'
import type { Organisation } from '#stages/registry/model.ts'
import { useGo } from '../../lib/address.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { EditPage } from '../../ui/form/edit-page.tsx'
import { FormPage } from '../../ui/form/form-page.tsx'
import { useEdit } from '../../ui/form/use-edit.ts'
import { useForm } from '../../ui/form/use-form.ts'
import { Go } from '../../ui/go.tsx'
import { tell } from '../../ui/toasts.tsx'
import { draftOf, emptyDraft, toSend } from './organisation-draft.ts'
import { OrganisationFields } from './organisation-fields.tsx'
import { useFactNames, useFactValues } from './organisation-values.tsx'
import { organisationWords } from './words.ts'

export function AddOrganisation() {
  const say = useWords(organisationWords)
  const go = useGo()
  const { zone } = useZone()
  const write = useWrite(registryApi.addOrganisation)
  const form = useForm(emptyDraft(zone?.country ?? 'CN'), write.refusal)
  const submit = async () => {
    const { names, ...facts } = toSend(form.values, ['names', ...form.changed, 'kind', 'country'])
    const { id } = await write.run({ body: { ...facts, names: names ?? {} } })
    tell(say('added', { name: Object.values(form.values.names).find(Boolean) ?? '' }))
    go(`/organisations/${id}`, {}, { replace: true })
  }
  return (
    <FormPage
      title={say('addTitle')}
      submitWord={say('add')}
      onSubmit={submit}
      onCancel={() => go('/organisations')}
      isSaving={write.isRunning}
      isDirty={form.isDirty}
      error={write.refusal?.rule === 'organisation.known' ? null : write.refusal}
    >
      <KnownNote refusal={write.refusal} />
      <OrganisationFields form={form} seesPrivate seesNotes mayIdentify />
    </FormPage>
  )
}

/** An identifier that the registry has already leads to its organisation. */
function KnownNote({ refusal }: { refusal: { rule: string | undefined; now: unknown } | null }) {
  const say = useWords(organisationWords)
  if (refusal?.rule !== 'organisation.known') return null
  const { id } = (refusal.now ?? {}) as { id?: string }
  return (
    <Note tone="look">
      {say('known')} {id ? <Go to={`/organisations/${id}`}>{say('openKnown')}</Go> : null}
    </Note>
  )
}

export function EditOrganisation() {
  const { organisation: id } = useParams({ strict: false }) as { organisation: string }
  const { data, error, isPending, refetch } = useRead(registryApi.organisation, { params: { organisation: id } })
  if (isPending) return <Skeleton height={480} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return <Editor latest={data} key={data.id} />
}

function Editor({ latest }: { latest: Organisation }) {
  const say = useWords(organisationWords)
  const text = useText()
  const go = useGo()
  const { caller } = useZone()
  const write = useWrite(registryApi.changeOrganisation)
  const label = useFactNames()
  const show = useFactValues()
  const edit = useEdit({
    latest,
    draftOf,
    refusal: write.refusal,
    async save(draft, fields, revision) {
      await write.run({ params: { organisation: latest.id }, body: { ...toSend(draft, fields), revision } as never })
      tell(say('saved'))
    },
    onDone: () => go(`/organisations/${latest.id}`, {}, { replace: true }),
  })
  const { opened, form } = edit
  return (
    <EditPage
      edit={edit}
      write={write}
      label={label}
      show={show}
      title={say('editTitle', { name: text(opened.names) || opened.name })}
      submitWord={say('save')}
      onCancel={() => go(`/organisations/${opened.id}`)}
      isToldElsewhere={write.refusal?.rule === 'organisation.known'}
    >
      <KnownNote refusal={write.refusal} />
      <OrganisationFields
        form={form}
        seesPrivate={opened.private !== null}
        seesNotes={mayReadNotes(caller)}
        mayIdentify={mayChangeIdentifiers(caller)}
      />
    </EditPage>
  )
}
