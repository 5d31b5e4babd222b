import { Button, Progress } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { importsApi } from '#stages/imports/api.ts'
import { FILE_BYTES_MAX, type Started } from '#stages/imports/model.ts'
import { type AnyEndpoint, newKey, upload } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { isRefusal } from '../../lib/refusal.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FileDrop } from '../../ui/form/file-drop.tsx'
import classes from './imports.module.css'
import { importWords } from './words.ts'

const MEGABYTE = 2 ** 20
const ACCEPTED = '.xlsx,.xlsm,.csv,.tsv,.txt,.zip'

interface Sending {
  name: string
  sent: number
  total: number
}

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
  const { slug } = useZone()
  const client = useQueryClient()
  const [sending, setSending] = useState<Sending | null>(null)
  const [refusal, setRefusal] = useState<unknown>(null)
  const stop = useRef<AbortController | null>(null)

  const send = async (files: File[]) => {
    stop.current = new AbortController()
    const { signal } = stop.current
    const started: Started[] = []
    setRefusal(null)
    try {
      for (const file of files) {
        const show = (sent: number, total: number) => setSending({ name: file.name, sent, total })
        show(0, file.size)
        started.push(await sendOne(file, show, signal))
      }
    } catch (error) {
      if (!(isRefusal(error) && error.code === 'cancelled')) setRefusal(error)
    }
    setSending(null)
    await client.invalidateQueries()
    if (started.length) onStarted(started)
  }
  const sendOne = async (file: File, onProgress: (sent: number, total: number) => void, signal: AbortSignal) => {
    const shared = { file, name: file.name, query: { name: file.name }, key: newKey(), signal, onProgress }
    const params = { zone: slug, ...(addTo ? { import: addTo } : {}) }
    const endpoint: AnyEndpoint = addTo ? importsApi.addImportFile : importsApi.uploadImport
    return (await upload(endpoint, { ...shared, params } as never)) as Started
  }

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
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => stop.current?.abort()}>
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
