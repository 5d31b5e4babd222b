import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLUMNS_MAX, FIELD_CHARACTERS_MAX, textRecords } from './csv.ts'
import { findDialect } from './delimiter.ts'
import { all, refusalOf } from './faults.fixture.ts'
import { readTable } from './table.ts'

const rowsOf = async (text: string | Buffer) => {
  const table = await readTable(typeof text === 'string' ? Buffer.from(text) : text, { name: 'a.csv' })
  const rows = await all(table.sheets[0]!.rows())
  return {
    delimiter: table.delimiter,
    rows,
    cells: rows.map((row) => row.cells),
    notes: table.notes,
    encoding: table.encoding,
  }
}

describe('the delimiter', () => {
  it.each([
    ['a comma', 'name,staff\nA,5\nB,6\n', ','],
    ['a semicolon', 'name;staff\nA;5\nB;6\n', ';'],
    ['a tab', 'name\tstaff\nA\t5\nB\t6\n', '\t'],
    ['a bar', 'name|staff\nA|5\nB|6\n', '|'],
    ['a semicolon beside decimal commas', 'name;cost;share\nA;1,5;2,25\nB;3,5;4,75\n', ';'],
    ['a tab beside decimal commas', 'a\tb\n1,5\t2,5\n3,5\t4,5\n', '\t'],
    ['a comma beside lists with semicolons', 'name,fields,city\nA,lasers;optics,Jena\nB,sensors;chips;AI,Ulm\n', ','],
    ['a comma between whole numbers', 'a,b,c\n1,2,3\n4,5,6\n', ','],
    ['a comma with quoted thousands', 'name,cost\nA,"1,500"\nB,"2,500"\n', ','],
    [
      'a semicolon under title rows',
      'Members;;\nMay 2024, provisional;;\nname;city;staff\nA;Jena;5\nB;Ulm, Donau;6\n',
      ';',
    ],
    ['a semicolon in quoted text with commas', '"a";"b"\n"x, y, z";"1, 2, 3"\n"u, v, w";"4, 5, 6"\n', ';'],
    ['a comma where there is one column', 'name\nA\nB\n', ','],
    ["Excel's own statement", 'sep=;\na;b,c\n1;2,3\n', ';'],
  ])('is %s', (_, text, delimiter) => expect(findDialect(text, true).delimiter).toBe(delimiter))
})

describe('the rows of a CSV', () => {
  it('keep the physical line they begin on, newlines in quotes and blank lines counted', async () => {
    const { rows } = await rowsOf('a,b\r\n"first\r\nsecond\r\nthird",2\r\n\r\nx,y\r\n')
    expect(rows).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 2, cells: ['first\r\nsecond\r\nthird', '2'] },
      { number: 6, cells: ['x', 'y'] },
    ])
  })

  it('are the same under every kind of newline, also mixed', async () => {
    for (const newline of ['\n', '\r\n', '\r'])
      expect((await rowsOf(['a,b', '1,2', '3,4'].join(newline))).cells).toHaveLength(3)
    expect((await rowsOf('a,b\r\n1,2\n3,4\r5,6')).cells).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
  })

  it('may be ragged, which is reported', async () => {
    const { cells, notes } = await rowsOf('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n')
    expect(cells).toEqual([
      ['a', 'b', 'c'],
      ['1', '2', '3'],
      ['4', '5'],
      ['6', '7', '8', '9'],
      ['10', '11', '12'],
    ])
    expect(notes).toEqual([{ note: 'ragged_rows', count: 2, row: 3 }])
  })

  it('bear quotes that stand amid a field', async () => {
    expect((await rowsOf('name,size\n5" screen,big\nthe "best" one,small\n')).cells).toEqual([
      ['name', 'size'],
      ['5" screen', 'big'],
      ['the "best" one', 'small'],
    ])
  })

  it('leave out the statement of the delimiter and the byte order mark', async () => {
    expect((await rowsOf('\ufeffsep=;\r\na;b\r\n1;2\r\n')).rows).toEqual([
      { number: 2, cells: ['a', 'b'] },
      { number: 3, cells: ['1', '2'] },
    ])
  })

  it('are read anew each time, and may be left early', async () => {
    const table = await readTable(Buffer.from('a,b\n1,2\n3,4\n'), { name: 'a.csv' })
    for await (const row of table.sheets[0]!.rows()) if (row.number === 1) break
    expect(await all(table.sheets[0]!.rows())).toHaveLength(3)
  })

  it('come out as they were written, whatever they hold', async () => {
    const field = fc.string({ unit: fc.constantFrom(...'ab名7 ,;\t|"\n\r.'), maxLength: 6 })
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(',', ';', '\t', '|'), async (rows, delimiter) => {
        const text = rows
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
          .join('\r\n')
        const read = await all(
          textRecords(Readable.from([Buffer.from(text)]), 'utf-8', {
            delimiter: delimiter as ',',
            quoted: true,
          }),
        )
        expect(read.map((record) => record.cells)).toEqual(rows)
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  it('tell how many bytes of the file were read', async () => {
    const text = Buffer.from('名称,人数\n'.repeat(30_000))
    let told = 0
    const table = await readTable(text, { name: 'a.csv', onBytes: (bytes) => (told += bytes) })
    await all(table.sheets[0]!.rows())
    expect([told, table.sheets[0]!.bytes]).toEqual([text.length, text.length])
  })

  it('stop when told to', async () => {
    const stop = new AbortController()
    const table = await readTable(Buffer.from('a,b\n'.repeat(5_000)), { name: 'a.csv', signal: stop.signal })
    expect(
      await refusalOf(async () => {
        for await (const row of table.sheets[0]!.rows()) if (row.number === 10) stop.abort()
      }),
    ).toBe('cancelled file.cancelled')
  })
})

describe('a CSV is refused', () => {
  it.each([
    [
      'with a quote that never closes',
      `a,b\n${'1,2\n'.repeat(40_000)}"3,4\n${'5,6\n'.repeat(1000)}`,
      'unreadable file.unclosed_quote',
    ],
    ['with a field beyond the bound', `a,b\n${'x'.repeat(FIELD_CHARACTERS_MAX + 1)},2\n`, 'too_large file.field_size'],
    ['with too many columns', `${'a,'.repeat(COLUMNS_MAX)}b\n`, 'too_large file.columns'],
    ['with a line that never ends', ','.repeat(3_000_000), 'too_large file.field_size'],
    ['with a record that never ends', `a,b\n"${'x,y\n'.repeat(600_000)}`, 'too_large file.field_size'],
  ])('%s', async (_, text, refusal) => expect(await refusalOf(() => rowsOf(text))).toBe(refusal))

  it('with too many rows', async () => {
    const read = () =>
      all(
        textRecords(
          Readable.from([Buffer.from('a,b\n'.repeat(11))]),
          'utf-8',
          { delimiter: ',', quoted: true },
          { rowsMax: 10 },
        ),
      )
    expect(await refusalOf(read)).toBe('too_large file.rows')
  })

  it('naming the line after which the quote opened', async () => {
    const text = `a,b\n${'1,2\n'.repeat(40_000)}"3,4\n`
    await expect(rowsOf(text)).rejects.toMatchObject({ details: { now: { line: 40_002 } } })
  })
})

it('trailing delimiters beyond the last column are no columns', async () => {
  const { cells } = await rowsOf(`a,b${','.repeat(COLUMNS_MAX + 5)}\n1,2\n`)
  expect(cells[0]).toHaveLength(COLUMNS_MAX)
})
