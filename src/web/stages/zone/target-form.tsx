import { Button, Group, Modal, NumberInput, Stack } from '@mantine/core'
import { zoneApi } from '#stages/zone/api.ts'
import type { MeasuredOne } from '#stages/zone/model.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { DateField } from '../../ui/form/fields.tsx'
import { TextsField, textsToEdit } from '../../ui/form/texts-field.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { zoneWords } from './words.ts'

/** Target, owner and date of one of the ten. What is reached can't be typed in. */
export function TargetForm({ industry, one, close }: { industry: string; one: MeasuredOne; close: () => void }) {
  const say = useWords(zoneWords)
  const save = useWrite(zoneApi.setTarget)
  const form = useForm({ target: one.target ?? 1, owner: textsToEdit(one.owner), dueDate: one.dueDate }, save.refusal)
  const submit = async () => {
    try {
      await save.run({ params: { industry, one: one.key }, body: form.values })
      close()
    } catch {
      // The refusal stands in the form.
    }
  }
  return (
    <Modal opened onClose={close} title={`${say('setTarget')}: ${say(`one.${one.key}`)}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <p className="soft">{say('measuredNote')}</p>
          <NumberInput
            label={say('target')}
            min={0}
            allowDecimal={false}
            value={form.values.target}
            onChange={(value) => form.set('target', Number(value) || 0)}
            error={form.field('target').error}
          />
          <TextsField label={say('owner')} {...form.field('owner')} />
          <DateField label={say('due')} partial {...form.field('dueDate')} />
          <ErrorNote error={save.refusal} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isRunning}>
              {say('setTarget')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
