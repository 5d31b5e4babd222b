import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { importsApi } from '#stages/imports/api.ts'
import type { Started } from '#stages/imports/model.ts'
import { type AnyEndpoint, call, newKey, upload } from '../../lib/client.ts'
import { isRefusal } from '../../lib/refusal.ts'
import { useZone } from '../../lib/zone.ts'

export interface Sending {
  name: string
  sent: number
  total: number
}

export interface Uploading {
  sending: Sending | null
  refusal: unknown
  send: (files: readonly File[]) => Promise<void>
  stop: () => void
}

const POLL_MS = 500
const POLLS_MAX = 120
const PAIR = [/^project[^/]*\.csv$/i, /^organi[sz]ation[^/]*\.csv$/i]

/** The two files of a CORDIS download, where just those were chosen. */
function pairOf(files: readonly File[]): [File, File] | undefined {
  const [first, second] = PAIR.map((pattern) => files.find(({ name }) => pattern.test(name)))
  return files.length === 2 && first && second ? [first, second] : undefined
}

/**
 * Sends files one after another; each becomes an import of its own, but for the two of a CORDIS download, which are one.
 * @param addTo the import to which the file is added
 * @param onStarted called with what the server has begun
 */
export function useUpload(addTo: string | undefined, onStarted: (started: Started[]) => void): Uploading {
  const { slug } = useZone()
  const client = useQueryClient()
  const [sending, setSending] = useState<Sending | null>(null)
  const [refusal, setRefusal] = useState<unknown>(null)
  const abort = useRef<AbortController | null>(null)

  const sendOne = async (file: File, signal: AbortSignal, to = addTo): Promise<Started> => {
    const onProgress = (sent: number, total: number) => setSending({ name: file.name, sent, total })
    onProgress(0, file.size)
    const endpoint: AnyEndpoint = to ? importsApi.addImportFile : importsApi.uploadImport
    const params = { zone: slug, ...(to ? { import: to } : {}) }
    const what = { file, name: file.name, query: { name: file.name }, key: newKey(), signal, onProgress }
    return (await upload(endpoint, { ...what, params } as never)) as Started
  }
  const sendPair = async ([first, second]: [File, File], signal: AbortSignal): Promise<Started> => {
    const started = await sendOne(first, signal)
    const params = { zone: slug, import: started.id }
    for (let polls = 0; polls < POLLS_MAX; polls++) {
      const run = await call(importsApi.import, { params, signal })
      if (run.may.addFile) return sendOne(second, signal, started.id)
      if (run.state !== 'reading') break
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    return started
  }
  const send = async (files: readonly File[]) => {
    const control = new AbortController()
    abort.current = control
    const started: Started[] = []
    setRefusal(null)
    try {
      const pair = addTo ? undefined : pairOf(files)
      if (pair) started.push(await sendPair(pair, control.signal))
      else for (const file of files) started.push(await sendOne(file, control.signal))
    } catch (error) {
      const isStopped = control.signal.aborted || (isRefusal(error) && error.code === 'cancelled')
      if (!isStopped) setRefusal(error)
    }
    setSending(null)
    await client.invalidateQueries()
    if (started.length) onStarted(started)
  }
  return { sending, refusal, send, stop: () => abort.current?.abort() }
}
