import { Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { registryApi } from '#stages/registry/api.ts'
import type { Person } from '#stages/registry/person-model.ts'
import { useGo } from '../../lib/address.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EditPage } from '../../ui/form/edit-page.tsx'
import { ChoiceField, TagsField, TextField } from '../../ui/form/fields.tsx'
import { FieldRow, FormPage, FormSection } from '../../ui/form/form-page.tsx'
import type { Picked } from '../../ui/form/record-picker.tsx'
import { TextsField } from '../../ui/form/texts-field.tsx'
import { useEdit } from '../../ui/form/use-edit.ts'
import { type Form, useForm } from '../../ui/form/use-form.ts'
import { tell } from '../../ui/toasts.tsx'
import { OrganisationField } from './organisation-picker.tsx'
import { useFactValues } from './organisation-values.tsx'
import { usePersonFactNames } from './person.tsx'
import { EMPTY_PERSON, type PersonDraft, personDraftOf, personToSend } from './person-draft.ts'
import { personWords } from './project-words.ts'

export function AddPerson() {
  const say = useWords(personWords)
  const go = useGo()
  const write = useWrite(registryApi.addPerson)
  const form = useForm(EMPTY_PERSON, write.refusal)
  const submit = async () => {
    const { id } = await write.run({ body: personToSend(form.values, ['names', ...form.changed]) as never })
    tell(say('added', { name: Object.values(form.values.names).find(Boolean) ?? '' }))
    go(`/people/${id}`, {}, { replace: true })
  }
  return (
    <FormPage
      title={say('addTitle')}
      submitWord={say('add')}
      onSubmit={submit}
      onCancel={() => go('/people')}
      isSaving={write.isRunning}
      isDirty={form.isDirty}
      error={write.refusal}
    >
      <Fields form={form} title={say('addTitle')} />
    </FormPage>
  )
}

export function EditPerson() {
  const { person: id } = useParams({ strict: false }) as { person: string }
  const { data, error, isPending, refetch } = useRead(registryApi.person, { params: { person: id } })
  if (isPending) return <Skeleton height={320} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return <Editor latest={data} key={data.id} />
}

function Editor({ latest }: { latest: Person }) {
  const say = useWords(personWords)
  const text = useText()
  const go = useGo()
  const write = useWrite(registryApi.changePerson)
  const label = usePersonFactNames()
  const usual = useFactValues()
  const show = (field: string, value: unknown) =>
    field === 'organisation' ? ((value as Picked | null)?.name ?? null) : usual(field, value)
  const edit = useEdit({
    latest,
    draftOf: personDraftOf,
    refusal: write.refusal,
    async save(draft, fields, revision) {
      await write.run({ params: { person: latest.id }, body: { ...personToSend(draft, fields), revision } as never })
      tell(say('saved'))
    },
    onDone: () => go(`/people/${latest.id}`, {}, { replace: true }),
  })
  const { opened, form } = edit
  const title = say('editTitle', { name: text(opened.names) || opened.name })
  return (
    <EditPage
      edit={edit}
      write={write}
      label={label}
      show={show}
      title={title}
      onCancel={() => go(`/people/${opened.id}`)}
    >
      <Fields form={form} title={label('names')} />
    </EditPage>
  )
}

function Fields({ form, title }: { form: Form<PersonDraft>; title: string }) {
  const say = useWords(personWords)
  const { segments } = useSegments()
  const facets = useRead(registryApi.registryFacets).data?.people
  const fact = (field: keyof PersonDraft) => say(`fact.${field}`)
  return (
    <FormSection title={title}>
      <TextsField label={fact('names')} required {...form.field('names')} />
      <FieldRow>
        <OrganisationField label={fact('organisation')} {...form.field('organisation')} />
        <TextField label={fact('post')} {...form.field('post')} />
      </FieldRow>
      <TagsField
        label={fact('fields')}
        offers={(facets?.fields ?? []).map(({ value }) => value)}
        {...form.field('fields')}
      />
      <FieldRow>
        <ChoiceField
          label={fact('segment')}
          clearable
          options={segments.map(({ key, name }) => ({ value: key, label: name }))}
          {...form.field('segment')}
        />
        <TextField label={fact('talentLevel')} {...form.field('talentLevel')} />
        <TextField label={fact('orcid')} placeholder="0000-0000-0000-0000" {...form.field('orcid')} />
      </FieldRow>
    </FormSection>
  )
}
