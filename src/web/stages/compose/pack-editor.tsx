import { ActionIcon, Button, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import {
  DRAFT_KINDS,
  type DraftKind,
  type DraftPack,
  type DraftRow,
  KIND_NAMES,
  packForm,
  rowWords,
} from '#stages/compose/draft-pack-rules.ts'
import type { PackPreview } from '#stages/compose/local-pack-model.ts'
import { KINDS, type Kind } from '#stages/registry/model.ts'
import { dayIn } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useTimeZone, useZone } from '../../lib/zone.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { LeaveGuard } from '../../ui/form/form-page.tsx'
import { Icon } from '../../ui/icons.tsx'
import { tell } from '../../ui/toasts.tsx'
import { PreviewPart } from './pack-preview.tsx'
import { packWords } from './pack-words.ts'
import classes from './rules.module.css'

const FIRST_ROW: DraftRow = {
  kind: 'members_min',
  threshold: 3,
  kinds: ['company'],
  words: { zh: '', en: '' },
  source: '',
  confirmed: true,
}

/** A pack row by row; what it would change is shown before it is put in use. */
export function PackEditor({ close }: { close: () => void }) {
  const say = useWords(packWords)
  const { slug } = useZone()
  const timeZone = useTimeZone()
  const [draft, setDraft] = useState<DraftPack>(() => ({
    ...{ slug, name: 'team', version: '1', title: { zh: '', en: '' }, source: '', url: '' },
    from: dayIn(timeZone, new Date()),
    rows: [FIRST_ROW],
  }))
  const opened = useRef(draft)
  const [preview, setPreview] = useState<{ of: string; told: PackPreview } | null>(null)
  const look = useWrite(composeApi.previewLocalPack, { rereads: false })
  const add = useWrite(composeApi.addLocalPack)
  const form = packForm(draft)
  const state = JSON.stringify(form)
  const change = (changes: Partial<DraftPack>) => setDraft((before) => ({ ...before, ...changes }))
  const setRow = (at: number, changes: Partial<DraftRow>) =>
    change({ rows: draft.rows.map((row, position) => (position === at ? { ...row, ...changes } : row)) })
  const missing = whatIsMissing(draft)
  const see = async () => setPreview({ of: state, told: await look.run({ body: { form } }) })
  const put = async () => {
    await add.run({ body: { form } })
    tell(say('added'))
    close()
  }
  return (
    <Section title={say('editor')}>
      <div className={classes.fields}>
        <TextInput
          label={say('titleZh')}
          value={draft.title.zh}
          onChange={(event) => change({ title: { ...draft.title, zh: event.currentTarget.value } })}
        />
        <TextInput
          label={say('titleEn')}
          value={draft.title.en}
          onChange={(event) => change({ title: { ...draft.title, en: event.currentTarget.value } })}
        />
        <TextInput
          label={say('name')}
          description={say('nameTell', { slug })}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value.toLowerCase() })}
        />
        <TextInput
          label={say('version')}
          value={draft.version}
          onChange={(event) => change({ version: event.currentTarget.value })}
        />
        <TextInput
          label={say('source')}
          value={draft.source}
          onChange={(event) => change({ source: event.currentTarget.value })}
        />
        <TextInput
          label={say('url')}
          value={draft.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        <TextInput
          label={say('from')}
          type="date"
          value={draft.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
      </div>
      <h3>{say('rows')}</h3>
      <ol className={classes.draftRows}>
        {draft.rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own; their place is their id in the pack.
          <li key={at}>
            <DraftRowFields row={row} source={draft.source} change={(changes) => setRow(at, changes)} />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={say('removeRow', { nth: at + 1 })}
              disabled={draft.rows.length === 1}
              onClick={() => change({ rows: draft.rows.filter((_, position) => position !== at) })}
            >
              <Icon name="close" />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <div>
        <Button variant="default" size="compact-md" onClick={() => change({ rows: [...draft.rows, FIRST_ROW] })}>
          {say('addRow')}
        </Button>
      </div>
      <LeaveGuard when={() => draft !== opened.current} />
      <ErrorNote error={look.refusal ?? add.refusal} />
      {preview?.of === state ? <PreviewPart preview={preview.told} /> : null}
      {missing ? <Note>{say(missing)}</Note> : null}
      <div className={classes.end}>
        <Button variant="subtle" color="gray" onClick={close}>
          {say('cancel')}
        </Button>
        {preview?.of === state ? (
          <Button loading={add.isRunning} onClick={() => void put().catch(() => undefined)}>
            {say('put')}
          </Button>
        ) : (
          <Button
            disabled={missing !== null}
            loading={look.isRunning}
            onClick={() => void see().catch(() => undefined)}
          >
            {say('preview')}
          </Button>
        )}
      </div>
    </Section>
  )
}

function whatIsMissing({ title, source, rows }: DraftPack): 'missingTitle' | 'missingSource' | 'missingWords' | null {
  if (!title.zh.trim() || !title.en.trim()) return 'missingTitle'
  if (!source.trim()) return 'missingSource'
  if (rows.some(({ kind, words }) => kind === 'by_hand' && !(words.zh.trim() && words.en.trim()))) return 'missingWords'
  return null
}

function DraftRowFields({
  row,
  source,
  change,
}: {
  row: DraftRow
  source: string
  change: (changes: Partial<DraftRow>) => void
}) {
  const say = useWords(packWords)
  const language = say.language === 'zh' ? 'zh' : 'en'
  return (
    <div className={classes.draftRow}>
      <Select
        label={say('kind')}
        allowDeselect={false}
        data={DRAFT_KINDS.map((value) => ({ value: value as string, label: say(`kind.${value}`) }))}
        value={row.kind}
        onChange={(value) => change({ kind: value as DraftKind })}
      />
      {row.kind === 'by_hand' ? (
        <>
          <TextInput
            label={say('wordsZh')}
            value={row.words.zh}
            onChange={(event) => change({ words: { ...row.words, zh: event.currentTarget.value } })}
          />
          <TextInput
            label={say('wordsEn')}
            value={row.words.en}
            onChange={(event) => change({ words: { ...row.words, en: event.currentTarget.value } })}
          />
        </>
      ) : (
        <NumberInput
          label={say(`threshold.${row.kind}`)}
          min={0}
          max={1_000_000}
          allowDecimal={false}
          value={row.threshold}
          onChange={(value) => typeof value === 'number' && change({ threshold: value })}
        />
      )}
      {row.kind === 'kinds_min' ? (
        <MultiSelect
          label={say('kinds')}
          data={KINDS.map((value) => ({ value: value as string, label: KIND_NAMES[value][language] }))}
          value={[...row.kinds]}
          onChange={(kinds) => kinds.length > 0 && change({ kinds: kinds as Kind[] })}
        />
      ) : null}
      <TextInput
        label={say('article')}
        placeholder={source}
        value={row.source}
        onChange={(event) => change({ source: event.currentTarget.value })}
      />
      <Switch
        mt={28}
        label={say('confirmed')}
        checked={row.confirmed}
        onChange={(event) => change({ confirmed: event.currentTarget.checked })}
      />
      <p className="faint">{rowWords(row)[language]}</p>
    </div>
  )
}
