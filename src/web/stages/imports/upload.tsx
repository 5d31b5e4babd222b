import { Button, Progress } from '@mantine/core'
import { FILE_BYTES_MAX, type Started } from '#stages/imports/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FileDrop } from '../../ui/form/file-drop.tsx'
import classes from './imports.module.css'
import { useUpload } from './use-upload.ts'
import { importWords } from './words.ts'

const MEGABYTE = 2 ** 20
const ACCEPTED = '.xlsx,.xlsm,.csv,.tsv,.txt,.zip'

export interface UploadProps {
  /** Called with each file's import, once the server has it. */
  onStarted: (started: Started[]) => void
  /** Of an import that lacks a file: the file is added to it. */
  addTo?: string
  several?: boolean
}

/** A place to drop files, and how far they have been sent. */
export function Upload({ onStarted, addTo, several = false }: UploadProps) {
  const say = useWords(importWords)
  const format = useFormat()
  const { sending, refusal, send, stop } = useUpload(addTo, onStarted)
  if (sending) {
    const { name, sent, total } = sending
    const title = say('sending', { name })
    return (
      <section className={classes.sending} aria-label={title}>
        <p role="status">{title}</p>
        <Progress value={total ? (sent / total) * 100 : 0} aria-label={title} />
        <div className={classes.sendingFoot}>
          <span className="figures faint">
            {say('sendingOf', { sent: format.bytes(sent), total: format.bytes(total) })}
          </span>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={stop}>
            {say('stopSending')}
          </Button>
        </div>
      </section>
    )
  }
  return (
    <>
      <ErrorNote error={refusal} />
      <FileDrop onFiles={(files) => void send(files)} bytesMax={FILE_BYTES_MAX} several={several} accept={ACCEPTED}>
        {say('bringKinds', { limit: `${FILE_BYTES_MAX / MEGABYTE} MB` })}
      </FileDrop>
    </>
  )
}
