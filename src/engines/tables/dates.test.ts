import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDateOrder, readDate } from './dates.ts'
import { told } from './reading.fixture.ts'
import type { CalendarDate, Cell, ColumnStyle } from './types.ts'

const AS_WRITTEN = { day: 10, month: 7, year: 4 }
const shown = ({ date, precision }: CalendarDate) => date.slice(0, AS_WRITTEN[precision])

describe('a date', () => {
  it.each<[Cell, string, ColumnStyle?]>([
    ['2024-03-05', '2024-03-05'],
    ['2024/3/5', '2024-03-05'],
    ['2024.3.5', '2024-03-05'],
    ['2024年3月5日', '2024-03-05'],
    ['２０２４年３月５日', '2024-03-05'],
    ['二〇二四年三月五日', '2024-03-05'],
    ['2024年3月', '2024-03'],
    ['2024.3', '2024-03'],
    ['2024-03', '2024-03'],
    ['03/2024', '2024-03'],
    ['202403', '2024-03'],
    ['2024年', '2024'],
    ['2024', '2024'],
    [2024, '2024'],
    ['20240305', '2024-03-05'],
    [20_240_305, '2024-03-05'],
    ['2024-03-05 10:20:00', '2024-03-05'],
    ['2024-03-05T10:20:00Z', '2024-03-05'],
    [new Date('2024-03-05T00:00:00Z'), '2024-03-05'],
    [45_356, '2024-03-05 ~from_serial'],
    ['5 March 2024', '2024-03-05'],
    ['March 5, 2024', '2024-03-05'],
    ['5th March 2024', '2024-03-05'],
    ['05-Mar-2024', '2024-03-05'],
    ['5. März 2024', '2024-03-05'],
    ['3 mars 2023', '2023-03-03'],
    ['15 de marzo de 2021', '2021-03-15'],
    ['May 2021', '2021-05'],
    ['Mar-24', '2024-03 ~assumed_century'],
    ['5.3.2024', '2024-03-05'],
    ['25/12/2023', '2023-12-25'],
    ['12/25/2023', '2023-12-25'],
    ['05/05/2024', '2024-05-05'],
    ['05/03/2024', '2024-03-05 ~assumed_order'],
    ['05/03/2024', '2024-03-05', { dateOrder: 'dmy' }],
    ['05/03/2024', '2024-05-03', { dateOrder: 'mdy' }],
    ['2022.1-2024.12', '2022-01 ~lower_of_range'],
    ['2022-01-01至2024-12-31', '2022-01-01 ~lower_of_range'],
    ['2022年1月至今', '2022-01 ~lower_of_range'],
    ['2023年底', '2023 ~approximate'],
    ['2024Q3', '2024-07 ~approximate'],
    ['2024年第二季度', '2024-04 ~approximate'],
    ['2019.06.', '2019-06'],
    ['est. 2012', '2012'],
    ['成立于2012年5月', '2012-05'],
    ['2012 (est.)', '2012'],
    ['2026年3月到期', '2026-03'],
    ['2018/5/12 下午3:00', '2018-05-12'],
    ['长期', '— ~open_ended'],
    ['至今', '— ~open_ended'],
    ['', '—'],
    ['/', '—'],
    ['2024-02-30', '?not_a_date'],
    ['2024-13-01', '?not_a_date'],
    ['24/3/5', '?not_a_date'],
    ['民国100年', '?not_a_date'],
    ['soon', '?not_a_date'],
    ['3024-01-01', '?date_out_of_range'],
    [true, '?not_a_date'],
  ])('%j is %s', (cell, reading, style) => expect(told(readDate(cell, style), shown)).toBe(reading))

  it('is the same in every way of writing it', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (instant) => {
        const date = instant.toISOString().slice(0, 10)
        const [year, month, day] = date.split('-').map(Number)
        const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(instant)
        const chinese = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }).format(instant)
        const ways = [
          date,
          date.replaceAll('-', ''),
          `${year}/${month}/${day}`,
          `${day}.${month}.${year}`,
          long,
          chinese,
        ]
        for (const way of ways) expect(`${way}: ${readDate(way).value?.date}`).toBe(`${way}: ${date}`)
        expect(readDate(`${month}/${day}/${year}`, { dateOrder: 'mdy' }).value?.date).toBe(date)
      }),
      { seed: 4, numRuns: 300 },
    )
  })
})

describe('the order of days and months in a column', () => {
  it.each<[readonly Cell[], 'dmy' | 'mdy' | null]>([
    [['05/03/2024', '25/12/2023'], 'dmy'],
    [['05/03/2024', '12/25/2023'], 'mdy'],
    [['05/03/2024', '06/04/2024'], null],
    [['25/12/2023', '12/25/2023'], null],
    [['2024-03-05', null, new Date(0)], null],
  ])('of %j is %s', (cells, order) => expect(decideDateOrder(cells)).toBe(order))
})
