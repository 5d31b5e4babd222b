import { Button, Group, Modal, Stack } from '@mantine/core'
import { registryApi } from '#stages/registry/api.ts'
import { zoneApi } from '#stages/zone/api.ts'
import { type Industry, RECORD_KINDS, RECORD_STATES } from '#stages/zone/model.ts'
import { call } from '../../lib/client.ts'
import { useWrite } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ChoiceField, DateField, TextField } from '../../ui/form/fields.tsx'
import { type Picked, RecordField } from '../../ui/form/record-picker.tsx'
import { TextsField, textsToEdit } from '../../ui/form/texts-field.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import type { RecordRow } from './records.tsx'
import { zoneWords } from './words.ts'

interface Props {
  /** Null for a new one. */
  record: RecordRow | null
  industries: readonly Industry[]
  close: () => void
}

export function RecordForm({ record, industries, close }: Props) {
  const say = useWords(zoneWords)
  const text = useText()
  const { slug } = useZone()
  const add = useWrite(zoneApi.addRecord)
  const change = useWrite(zoneApi.changeRecord)
  const refusal = add.refusal ?? change.refusal
  const form = useForm(
    {
      kind: record?.kind ?? RECORD_KINDS[0],
      names: textsToEdit(record?.names),
      status: record?.status ?? RECORD_STATES[0],
      industryId: record?.industryId ?? industries[0]?.id ?? null,
      organisation: (record?.organisationId
        ? { id: record.organisationId, name: record.organisationName ?? '' }
        : null) as Picked | null,
      segment: record?.segment ?? null,
      dated: record?.dated ?? null,
      note: record?.note ?? '',
    },
    refusal,
  )
  const segments = industries.find(({ id }) => id === form.values.industryId)?.segments ?? []
  const submit = async () => {
    const { organisation, ...rest } = form.values
    const body = { ...rest, organisationId: organisation?.id ?? null }
    try {
      if (record) await change.run({ params: { record: record.id }, body: { ...body, revision: record.revision } })
      else await add.run({ body })
      close()
    } catch {
      // The refusal stands in the form.
    }
  }
  const find = async (words: string, signal: AbortSignal): Promise<Picked[]> => {
    const { rows } = await call(registryApi.organisations, {
      params: { zone: slug },
      query: { q: words, size: 20 },
      signal,
    })
    return rows.map(({ id, name, city }) => ({ id, name, ...(city ? { hint: city } : {}) }))
  }
  return (
    <Modal opened onClose={close} title={record ? say('editRecord') : say('addRecord')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <TextsField label={say('name')} required {...form.field('names')} />
          <ChoiceField
            label={say('kind')}
            options={RECORD_KINDS.map((value) => ({ value, label: say(`kind.${value}`) }))}
            {...form.field('kind')}
            onChange={(kind) => kind && form.set('kind', kind)}
          />
          <ChoiceField
            label={say('status')}
            options={RECORD_STATES.map((value) => ({ value, label: say(`status.${value}`) }))}
            {...form.field('status')}
            onChange={(status) => status && form.set('status', status)}
          />
          <ChoiceField
            label={say('industry')}
            clearable
            options={industries.map((industry) => ({ value: industry.id, label: text(industry.names) }))}
            {...form.field('industryId')}
          />
          <ChoiceField
            label={say('segment')}
            clearable
            options={segments.map((segment) => ({ value: segment.key, label: text(segment.names) }))}
            {...form.field('segment')}
          />
          <RecordField
            label={say('organisation')}
            what="organisations"
            find={find}
            value={form.values.organisation}
            onChange={(organisation) => form.set('organisation', organisation)}
          />
          <DateField label={say('dated')} partial {...form.field('dated')} />
          <TextField label={say('note')} lines={2} {...form.field('note')} />
          <ErrorNote error={refusal} />
          <Group justify="flex-end">
            <Button type="submit" loading={add.isRunning || change.isRunning}>
              {record ? say('editRecord') : say('addRecord')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
