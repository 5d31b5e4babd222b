import { describe, expect, it } from 'vitest'
import type { ColumnReading, Reading, SheetReading } from '#stages/imports/model.ts'
import {
  beginDraft,
  choiceOf,
  fieldsOf,
  lacksOwner,
  mappingOf,
  problemsOf,
  rowsToCheck,
  twinsOf,
  withChoice,
  withReading,
} from './mapping-draft.ts'

const column = (at: number, heading: string, field: string | null): ColumnReading => ({
  column: at,
  letter: 'ABCDEF'[at]!,
  heading,
  field,
  confidence: 0.9,
  reason: '',
  notKept: null,
  unit: null,
  others: [],
  samples: ['x'],
})
const sheet = (columns: ColumnReading[], change: Partial<SheetReading> = {}): SheetReading => ({
  index: 0,
  name: '台账',
  rows: 20,
  subject: 'organisations',
  confidence: 1,
  remembered: false,
  heading: { row: 3, rows: [2, 3], confidence: 1, reason: '', above: ['2026 年台账'] },
  columns,
  head: [],
  ...change,
})
const reading = (...sheets: SheetReading[]): Reading => ({
  file: 'xlsx',
  encoding: null,
  delimiter: null,
  sheets,
  parts: {},
  missing: [],
  notes: [],
})

const NAME = column(0, '企业名称', 'organisation.name')
const REVENUE = column(1, '营收', 'organisation.revenue')
const TITLE = column(2, '成果', 'result.title')
const OTHER = column(3, '其他', null)

describe('the mapping that a person confirms', () => {
  it('is what was read, where nobody says otherwise', () => {
    const draft = beginDraft(reading(sheet([NAME, REVENUE, OTHER])), null)
    expect(mappingOf(draft)).toEqual({
      sheets: [
        {
          index: 0,
          subject: 'organisations',
          headingRow: 3,
          columns: [
            { column: 0, field: 'organisation.name' },
            { column: 1, field: 'organisation.revenue' },
          ],
        },
      ],
    })
    expect(problemsOf(draft)).toEqual([])
    expect(rowsToCheck(draft)).toBe(17)
  })

  it('takes a person’s field and unit, and drops the unit where the column is no amount any more', () => {
    const [draft] = beginDraft(reading(sheet([NAME, REVENUE])), null)
    const inWan = withChoice(draft!, REVENUE, { unit: { scale: 1e4, currency: 'CNY' } })
    expect(mappingOf([inWan]).sheets[0]!.columns[1]).toEqual({
      column: 1,
      field: 'organisation.revenue',
      unit: { scale: 1e4, currency: 'CNY' },
    })
    const asStaff = withChoice(inWan, REVENUE, { field: 'organisation.staff' })
    expect(mappingOf([asStaff]).sheets[0]!.columns[1]).toEqual({ column: 1, field: 'organisation.staff' })
    const leftOut = withChoice(inWan, REVENUE, { field: null })
    expect(mappingOf([leftOut]).sheets[0]!.columns).toHaveLength(1)
  })

  it('leaves out the sheets that a person did not name when it was mapped before', () => {
    const two = reading(sheet([NAME]), sheet([TITLE], { index: 1, subject: 'results' }))
    const mapped = {
      index: 1,
      subject: 'results' as const,
      headingRow: 3,
      columns: [{ column: 2, field: 'result.title' }],
    }
    const draft = beginDraft(two, { sheets: [mapped] })
    expect(draft.map(({ subject }) => subject)).toEqual(['none', 'results'])
    expect(mappingOf(draft)).toEqual({ sheets: [mapped] })
  })

  it('says whose the results of a sheet are where no column does', () => {
    const results = reading(sheet([TITLE], { subject: 'results' }))
    const [before] = beginDraft(results, null)
    expect(lacksOwner(before!)).toBe(true)
    const mapped = mappingOf([{ ...before!, owner: 'x' }])
    expect(mapped.sheets[0]!.owner).toBe('x')
    const [again] = beginDraft(results, mapped)
    expect([again!.owner, lacksOwner(again!)]).toEqual(['x', false])
    expect(lacksOwner(withChoice(before!, TITLE, { field: 'result.owners' }))).toBe(false)
    expect(mappingOf([{ ...before!, owner: 'x', subject: 'both' }]).sheets[0]!.owner).toBeUndefined()
  })

  it('keeps what a person chose when the sheet is understood anew, where the column is still the same and it fits', () => {
    const [first] = beginDraft(reading(sheet([NAME, REVENUE, OTHER])), null)
    const chosen = withChoice(withChoice(first!, REVENUE, { field: 'organisation.staff' }), OTHER, {
      field: 'organisation.notes',
    })
    const moved = withReading(chosen, sheet([NAME, REVENUE, { ...OTHER, heading: '说明' }]))
    expect(choiceOf(moved, REVENUE).field).toBe('organisation.staff')
    expect(choiceOf(moved, { ...OTHER, heading: '说明' }).field).toBeNull()
    const results = withReading(chosen, sheet([NAME, { ...REVENUE, field: null }, TITLE], { subject: 'results' }))
    expect(choiceOf(results, { ...REVENUE, field: null }).field).toBeNull()
  })

  it.each<[string, SheetReading[], unknown[]]>([
    ['every sheet is left out', [sheet([NAME], { subject: 'none' })], ['nothing']],
    ['no column names the organisation', [sheet([REVENUE])], ['no_name']],
    ['no column names the result', [sheet([NAME], { subject: 'results' })], ['no_title']],
    ['a ledger of both lacks both', [sheet([OTHER], { subject: 'both' })], ['no_name', 'no_title']],
    ['two columns are the name', [sheet([NAME, { ...OTHER, field: 'organisation.name' }])], ['field_twice']],
  ])('%s: it says so', (_, sheets, kinds) => {
    expect(problemsOf(beginDraft(reading(...sheets), null)).map(({ kind }) => kind)).toEqual(kinds)
  })

  it('lets several columns be a list', () => {
    const [draft] = beginDraft(
      reading(sheet([NAME, column(1, '领域', 'organisation.fields'), column(2, '方向', 'organisation.fields')])),
      null,
    )
    expect(twinsOf(draft!, draft!.reading.columns[1]!)).toEqual([])
    expect(problemsOf([draft!])).toEqual([])
  })

  it('offers no field to a sheet that is left out', () => {
    expect(fieldsOf('none')).toEqual({ organisation: [], result: [] })
    expect(fieldsOf('both').result).toContain('result.trl')
  })
})
