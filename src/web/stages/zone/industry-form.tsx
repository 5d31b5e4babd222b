import { ActionIcon, Button, Group, Modal, Stack } from '@mantine/core'
import { zoneApi } from '#stages/zone/api.ts'
import { SEGMENTS_MAX, STREAMS } from '#stages/zone/model.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ChoiceField, TextField } from '../../ui/form/fields.tsx'
import { type TextsByLanguage, TextsField } from '../../ui/form/texts-field.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Icon } from '../../ui/icons.tsx'
import { zoneWords } from './words.ts'
import classes from './zone.module.css'

interface SegmentDraft {
  id: number
  name: string
  stream: (typeof STREAMS)[number]
}
interface Draft {
  slug: string
  names: TextsByLanguage
  segments: SegmentDraft[]
}

const START: SegmentDraft[] = STREAMS.map((stream, at) => ({ id: at, name: '', stream }))

/** A new industry: its name and the segments of its chain. */
export function IndustryForm({ close }: { close: () => void }) {
  const say = useWords(zoneWords)
  const add = useWrite(zoneApi.addIndustry)
  const form = useForm<Draft>({ slug: '', names: {}, segments: START }, add.refusal)
  const { segments } = form.values
  const change = (id: number, part: Partial<SegmentDraft>) =>
    form.set(
      'segments',
      segments.map((segment) => (segment.id === id ? { ...segment, ...part } : segment)),
    )
  const submit = async () => {
    const named = segments.filter(({ name }) => name.trim())
    const body = {
      slug: form.values.slug.trim(),
      names: form.values.names,
      segments: named.map(({ name, stream }, at) => ({ key: `segment-${at + 1}`, names: name.trim(), stream })),
    }
    try {
      await add.run({ body })
      close()
    } catch {
      // The refusal stands in the form.
    }
  }
  return (
    <Modal opened onClose={close} title={say('addIndustry')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <TextsField label={say('industryName')} required {...form.field('names')} />
          <TextField label={say('slug')} hint={say('slugHint')} required {...form.field('slug')} />
          <fieldset className={classes.pairs}>
            <legend>{say('segments')}</legend>
            {segments.map((segment, at) => (
              <div key={segment.id} className={classes.pair}>
                <TextField
                  label={`${say('segmentName')} ${at + 1}`}
                  name={`segment${at}`}
                  value={segment.name}
                  onChange={(name) => change(segment.id, { name })}
                  error={at === 0 ? form.field('segments').error : undefined}
                />
                <ChoiceField
                  label={say('stream')}
                  name={`stream${at}`}
                  value={segment.stream}
                  onChange={(stream) => change(segment.id, { stream: stream ?? 'midstream' })}
                  error={undefined}
                  options={STREAMS.map((value) => ({ value, label: say(`stream.${value}`) }))}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={`${say('removeSegment')} ${at + 1}`}
                  onClick={() =>
                    form.set(
                      'segments',
                      segments.filter(({ id }) => id !== segment.id),
                    )
                  }
                >
                  <Icon name="close" />
                </ActionIcon>
              </div>
            ))}
            {segments.length < SEGMENTS_MAX ? (
              <Group>
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => {
                    const id = Math.max(-1, ...segments.map((segment) => segment.id)) + 1
                    form.set('segments', [...segments, { id, name: '', stream: 'midstream' }])
                  }}
                >
                  {say('addSegment')}
                </Button>
              </Group>
            ) : null}
          </fieldset>
          <ErrorNote error={add.refusal} />
          <Group justify="flex-end">
            <Button type="submit" loading={add.isRunning}>
              {say('create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
