import { Loader, NativeSelect, UnstyledButton } from '@mantine/core'
import { useId, useState } from 'react'
import { SHEET_SUBJECTS, type SheetSubject } from '#stages/imports/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Icon } from '../../ui/icons.tsx'
import classes from './mapping.module.css'
import { type SheetDraft, withChoice } from './mapping-draft.ts'
import { mappingWords } from './mapping-words.ts'
import { SheetColumns } from './sheet-columns.tsx'
import { SheetHead } from './sheet-head.tsx'
import { SheetOwner } from './sheet-owner.tsx'
import type { SheetWish } from './use-mapping-draft.ts'

export interface SheetCardProps {
  sheet: SheetDraft
  /** The only sheet of its file: it stands open and needs no name. */
  isAlone: boolean
  opened: boolean
  isReading: boolean
  change: (sheet: SheetDraft) => void
  reread: (sheet: SheetDraft, wish: SheetWish) => void
}

/** One sheet: what its rows are, where its headings stand, what each column is. */
export function SheetCard({ sheet, isAlone, opened, isReading, change, reread }: SheetCardProps) {
  const say = useWords(mappingWords)
  const format = useFormat()
  const [isOpen, setOpen] = useState(opened || isAlone)
  const body = useId()
  const { reading, subject } = sheet
  const rows = reading.rows ?? 0
  const choose = (wanted: SheetSubject) => {
    if (wanted !== 'none') setOpen(true)
    if (wanted === 'none') change({ ...sheet, subject: 'none' })
    else reread(sheet, { heading: reading.heading.row, subject: wanted })
  }
  const isShown = isOpen && subject !== 'none'
  return (
    <section className={classes.sheet} aria-label={reading.name} aria-busy={isReading}>
      <header className={classes.sheetHead}>
        <UnstyledButton
          className={classes.sheetName}
          aria-expanded={isShown}
          aria-controls={body}
          disabled={subject === 'none'}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isShown ? 'chevronDown' : 'chevronRight'} size={16} />
          <h2>{reading.name}</h2>
          <span className="faint figures">{say('sheetRows', { count: rows, figure: format.number(rows) })}</span>
        </UnstyledButton>
        <div className={classes.sheetSubject}>
          {isReading ? <Loader size="xs" aria-label={say('reading')} /> : null}
          <NativeSelect
            size="xs"
            label={say('eachRow')}
            classNames={{ root: classes.inline!, label: classes.inlineLabel! }}
            value={subject}
            onChange={(event) => choose(event.currentTarget.value as SheetSubject)}
            data={SHEET_SUBJECTS.map((value) => ({ value, label: say(`subject.${value}`) }))}
          />
        </div>
      </header>
      {isShown ? (
        <div id={body} className={classes.sheetBody}>
          <SheetHead reading={reading} choose={(heading) => reread(sheet, { heading, subject })} />
          {subject === 'results' ? <SheetOwner sheet={sheet} change={change} /> : null}
          <SheetColumns sheet={sheet} choose={(column, choice) => change(withChoice(sheet, column, choice))} />
        </div>
      ) : (
        <div id={body} />
      )}
    </section>
  )
}
