import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { importsApi } from '#stages/imports/api.ts'
import type { Import, Reading } from '#stages/imports/model.ts'
import { useAddress } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { LeaveGuard } from '../../ui/form/form-page.tsx'
import { DropButton } from './drop-button.tsx'
import classes from './imports.module.css'
import styles from './mapping.module.css'
import { mappingOf, type Problem, problemsOf, rowsToCheck } from './mapping-draft.ts'
import { mappingWords } from './mapping-words.ts'
import { useFieldName } from './naming.ts'
import { SheetCard } from './sheet-card.tsx'
import { useMappingDraft } from './use-mapping-draft.ts'

/** Sheets beyond this many begin closed, but for the first. */
const OPEN_SHEETS_MAX = 3

/** How the file was understood, for a person to confirm or correct. */
export function Understand({ run, reading }: { run: Import; reading: Reading }) {
  const say = useWords(mappingWords)
  const format = useFormat()
  const { set } = useAddress()
  const map = useWrite(importsApi.mapImport)
  const draft = useMappingDraft(run, reading)
  const [isTold, tellProblems] = useState(false)
  const problems = problemsOf(draft.sheets)
  const told = useRef<HTMLDivElement>(null)
  const isSent = useRef(false)
  const rows = rowsToCheck(draft.sheets)
  const taken = draft.sheets.filter(({ subject }) => subject !== 'none')

  const check = async () => {
    if (problems.length) {
      tellProblems(true)
      requestAnimationFrame(() => told.current?.focus())
      return
    }
    isSent.current = true
    try {
      await map.run({ params: { import: run.id }, body: mappingOf(draft.sheets) })
      set({ step: undefined })
    } catch {
      isSent.current = false
    }
  }
  return (
    <>
      <FileFacts reading={reading} />
      {reading.sheets.some((sheet) => sheet.remembered) ? <Note>{say('remembered')}</Note> : null}
      {draft.sheets.map((sheet) => (
        <SheetCard
          key={sheet.reading.index}
          sheet={sheet}
          isAlone={draft.sheets.length === 1}
          opened={sheet.subject !== 'none' && (taken.length <= OPEN_SHEETS_MAX || sheet === taken[0])}
          isReading={draft.reading === sheet.reading.index}
          change={draft.change}
          reread={draft.reread}
        />
      ))}
      <ErrorNote error={draft.refusal} />
      <footer className={`${classes.foot} unprinted`}>
        {isTold && problems.length ? (
          <div ref={told} tabIndex={-1} role="alert">
            <Note tone="look">
              <p>
                <b>{say('problems')}</b>
              </p>
              <ul className={styles.problems}>
                {problems.map((problem) => (
                  <ProblemLine key={keyOf(problem)} problem={problem} />
                ))}
              </ul>
            </Note>
          </div>
        ) : null}
        <ErrorNote error={map.refusal} />
        <div className={classes.buttons}>
          <DropButton run={run} word={say('dropAll')} />
          <Button loading={map.isRunning} disabled={draft.reading !== null} onClick={() => void check()}>
            {rows ? say('check', { count: format.number(rows) }) : say('checkPlain')}
          </Button>
        </div>
      </footer>
      <LeaveGuard when={() => draft.isDirty && !isSent.current} />
    </>
  )
}

const keyOf = (problem: Problem) =>
  problem.kind === 'nothing'
    ? problem.kind
    : `${problem.kind}.${problem.sheet.index}.${problem.kind === 'field_twice' ? problem.field : ''}`

function ProblemLine({ problem }: { problem: Problem }) {
  const say = useWords(mappingWords)
  const nameField = useFieldName()
  const format = useFormat()
  if (problem.kind === 'nothing') return <li>{say('problem.nothing')}</li>
  const sheet = problem.sheet.name
  if (problem.kind !== 'field_twice') return <li>{say(`problem.${problem.kind}`, { sheet })}</li>
  const letters = format.list(problem.columns.map(({ letter }) => letter))
  return <li>{say('problem.field_twice', { sheet, letters, field: nameField(problem.field) })}</li>
}

/** What kind of file it is, and what should be known of how it was read. */
function FileFacts({ reading }: { reading: Reading }) {
  const say = useWords(mappingWords)
  const format = useFormat()
  const { file, encoding, delimiter, notes } = reading
  const mark = `mark.${delimiter}`
  const known = [
    file === 'csv' || file === 'xlsx' ? say(`file.${file}`) : null,
    encoding ? say('encoding', { name: encoding.toUpperCase() }) : null,
    delimiter && mappingWords.keys.includes(mark as 'mark.,')
      ? say('delimiter', { mark: say(mark as 'mark.,') })
      : null,
  ].filter((part) => part !== null)
  return (
    <div className={styles.fileFacts}>
      <p className="soft">{known.join(' · ')}</p>
      {notes.map((note) => {
        const key = `fileNote.${note.note}`
        if (!mappingWords.keys.includes(key as 'fileNote.ragged_rows')) return null
        const values = { sheet: note.sheet ?? '', count: format.number(note.count ?? 0), row: note.row ?? 0 }
        return (
          <p key={`${note.note}.${note.sheet ?? ''}`} className="soft">
            {say(key as 'fileNote.hidden_rows_read', values as never)}
          </p>
        )
      })}
    </div>
  )
}
