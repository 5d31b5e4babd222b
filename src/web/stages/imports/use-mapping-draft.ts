import { useEffect, useRef, useState } from 'react'
import { importsApi } from '#stages/imports/api.ts'
import type { Import, Reading, SheetSubject } from '#stages/imports/model.ts'
import { call } from '../../lib/client.ts'
import { useZone } from '../../lib/zone.ts'
import { beginDraft, type SheetDraft, withReading } from './mapping-draft.ts'

export interface SheetWish {
  heading: number
  subject: SheetSubject
}

export interface Draft {
  sheets: readonly SheetDraft[]
  isDirty: boolean
  /** The index of the sheet that is being understood anew. */
  reading: number | null
  refusal: unknown
  change: (sheet: SheetDraft) => void
  /** Has the server understand a sheet with another heading row or subject. */
  reread: (sheet: SheetDraft, wish: SheetWish) => void
}

/** What a person makes of the reading before it is confirmed. */
export function useMappingDraft(run: Import, reading: Reading): Draft {
  const { slug } = useZone()
  const [sheets, setSheets] = useState(() => beginDraft(reading, run.mapping))
  const [isDirty, setDirty] = useState(false)
  const [busy, setBusy] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<unknown>(null)
  const asked = useRef(0)

  const put = (next: SheetDraft) =>
    setSheets((before) => before.map((sheet) => (sheet.reading.index === next.reading.index ? next : sheet)))
  const understand = async (sheet: SheetDraft, { heading, subject }: SheetWish) => {
    const turn = ++asked.current
    const { index } = sheet.reading
    setBusy(index)
    setRefusal(null)
    try {
      const params = { zone: slug, import: run.id, sheet: String(index) }
      const answer = await call(importsApi.importSheet, { params, query: { heading, subject } })
      if (turn === asked.current) put(withReading(sheet, { ...answer, rows: answer.rows ?? sheet.reading.rows }))
    } catch (error) {
      if (turn === asked.current) setRefusal(error)
    }
    if (turn === asked.current) setBusy(null)
  }

  // Where the columns were confirmed with another heading than the file was first read with, that one is shown again.
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const moved = sheets.flatMap((sheet) => {
      const mapped = run.mapping?.sheets.find(({ index }) => index === sheet.reading.index)
      const stands =
        !mapped || (mapped.headingRow === sheet.reading.heading.row && mapped.subject === sheet.reading.subject)
      return stands ? [] : [{ sheet, wish: { heading: mapped.headingRow, subject: mapped.subject } }]
    })
    void (async () => {
      for (const { sheet, wish } of moved) await understand(sheet, wish)
    })()
  })

  return {
    sheets,
    isDirty,
    reading: busy,
    refusal,
    change: (sheet) => {
      setDirty(true)
      put(sheet)
    },
    reread: (sheet, wish) => {
      setDirty(true)
      void understand(sheet, wish)
    },
  }
}
