import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { importsApi } from '#stages/imports/api.ts'
import { useRead } from '../../lib/query.tsx'
import { isBusy } from './counts.ts'

const POLL_MS = 1_000

/** An import, read again and again while something is being done for it; once that has ended, all else is read anew. */
export function useImport(id: string) {
  const client = useQueryClient()
  const asked = { params: { import: id } }
  const seen = useRead(importsApi.import, asked)
  const busy = seen.data ? isBusy(seen.data) : false
  const polled = useRead(importsApi.import, { ...asked, everyMs: busy ? POLL_MS : false })
  const wasBusy = useRef(false)
  useEffect(() => {
    if (wasBusy.current && !busy) void client.invalidateQueries()
    wasBusy.current = busy
  }, [busy, client])
  return polled
}
