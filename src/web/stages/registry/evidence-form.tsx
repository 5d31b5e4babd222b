import { Button, Progress } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { registryApi } from '#stages/registry/api.ts'
import {
  CIRCLES,
  EVIDENCE_FILE_BYTES_MAX,
  EVIDENCE_KINDS,
  type EvidenceRow,
  type SubjectKind,
} from '#stages/registry/evidence-model.ts'
import { newKey, upload } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { isRefusal, type Refusal } from '../../lib/refusal.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ChoiceField, DateField, TextField } from '../../ui/form/fields.tsx'
import { FileDrop } from '../../ui/form/file-drop.tsx'
import { FieldRow } from '../../ui/form/form-page.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { tell } from '../../ui/toasts.tsx'
import { uiWords } from '../../ui/words.ts'
import { evidenceWords } from './evidence-words.ts'
import classes from './registry.module.css'

const FILE_KINDS = ['document', 'certificate', 'test_report'] as const
type FileKind = (typeof FILE_KINDS)[number]

interface Draft {
  kind: EvidenceRow['kind'] | null
  title: string
  body: string
  url: string
  circle: EvidenceRow['circle'] | null
  dated: string | null
}

const EMPTY: Draft = { kind: 'document', title: '', body: '', url: '', circle: 'members', dated: null }

/** Attaches a file, a link or a statement to a record. */
export function EvidenceForm(props: { subjectKind: SubjectKind; subject: string; onDone: () => void }) {
  const { subjectKind, subject, onDone } = props
  const say = useWords(evidenceWords)
  const sayUi = useWords(uiWords)
  const format = useFormat()
  const write = useWrite(registryApi.addEvidence)
  const sending = useSending()
  const form = useForm<Draft>(EMPTY, write.refusal ?? sending.refusal)
  const [file, setFile] = useState<File | null>(null)
  const { kind, title, circle, dated } = form.values
  const isFile = FILE_KINDS.includes(kind as FileKind)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      if (isFile && file) {
        const query = { subject_kind: subjectKind, subject, kind: kind as FileKind, circle: circle ?? 'members' }
        await sending.run(file, { ...query, title: title.trim() || file.name, ...(dated ? { dated } : {}) })
      } else {
        const { body, url } = form.values
        const said = { kind: kind ?? 'statement', title, body, url: url || null, dated }
        await write.run({ body: { subjectKind, subject, ...said, circle: circle ?? 'members' } })
      }
    } catch {
      return
    }
    tell(say('added', { name: title || file?.name || '' }))
    onDone()
  }
  return (
    <form className={classes.evidenceForm} onSubmit={(event) => void submit(event)} noValidate>
      <FieldRow>
        <ChoiceField
          label={say('kind')}
          options={EVIDENCE_KINDS.map((value) => ({ value, label: say(`kind.${value}`) }))}
          {...form.field('kind')}
        />
        <ChoiceField
          label={say('circle')}
          options={CIRCLES.map((value) => ({ value, label: say(`circle.${value}`) }))}
          {...form.field('circle')}
        />
      </FieldRow>
      {isFile ? (
        <FileDrop bytesMax={EVIDENCE_FILE_BYTES_MAX} onFiles={([first]) => setFile(first ?? null)}>
          {file
            ? say('chosen', { name: file.name, size: format.bytes(file.size) })
            : say('fileTell', { limit: format.bytes(EVIDENCE_FILE_BYTES_MAX) })}
        </FileDrop>
      ) : null}
      <TextField label={say('name')} required={!isFile} {...form.field('title')} />
      {kind === 'link' ? <TextField label={say('url')} required placeholder="https://" {...form.field('url')} /> : null}
      {isFile ? null : <TextField label={say('body')} lines={3} {...form.field('body')} />}
      <DateField label={say('dated')} partial {...form.field('dated')} />
      {sending.share === null ? null : (
        <Progress value={sending.share * 100} aria-label={sayUi('uploading', { name: file?.name ?? '' })} />
      )}
      <ErrorNote error={write.refusal ?? sending.refusal} />
      <div className={classes.buttons}>
        <Button type="submit" loading={write.isRunning || sending.share !== null} disabled={isFile && !file}>
          {say('submit')}
        </Button>
      </div>
    </form>
  )
}

interface FileQuery {
  subject_kind: SubjectKind
  subject: string
  kind: FileKind
  circle: EvidenceRow['circle']
  title: string
  dated?: string
}

/** Sends the file and says how much of it has gone. */
function useSending() {
  const { slug } = useZone()
  const client = useQueryClient()
  const [share, setShare] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const run = async (file: File, query: FileQuery) => {
    setRefusal(null)
    setShare(0)
    try {
      await upload(registryApi.uploadEvidence, {
        params: { zone: slug },
        query,
        file,
        name: file.name,
        key: newKey(),
        onProgress: (sent, total) => setShare(total ? sent / total : 0),
      })
      await client.invalidateQueries()
    } catch (error) {
      if (isRefusal(error)) setRefusal(error)
      throw error
    } finally {
      setShare(null)
    }
  }
  return { run, share, refusal }
}
