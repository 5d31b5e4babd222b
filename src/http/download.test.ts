import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachment, tidyFileName } from './download.ts'

describe('a file’s name', () => {
  it.each([
    ['检测 report.pdf', '检测 report.pdf'],
    ['../../etc/passwd', 'etc passwd'],
    ['C:\\temp\\a.xlsx', 'C temp a.xlsx'],
    ['a\r\nSet-Cookie: x', 'a Set-Cookie x'],
    ['invoice\u202Efdp.exe', 'invoice fdp.exe'],
    ['.htaccess', 'htaccess'],
    [' .. ', 'file'],
    ['', 'file'],
    [`${'长'.repeat(300)}.docx`, `${'长'.repeat(175)}.docx`],
  ])('%j is kept as %j', (sent, kept) => {
    expect(tidyFileName(sent)).toBe(kept)
  })

  it.each([
    [
      '澜江-成果-2026-11-22.xlsx',
      `attachment; filename="2026-11-22.xlsx"; filename*=UTF-8''%E6%BE%9C%E6%B1%9F-%E6%88%90%E6%9E%9C-2026-11-22.xlsx`,
    ],
    ['Añejo (1).csv', `attachment; filename="Anejo 1.csv"; filename*=UTF-8''A%C3%B1ejo%20%281%29.csv`],
    ['成果', `attachment; filename="file"; filename*=UTF-8''%E6%88%90%E6%9E%9C`],
  ])('%s leaves as %s', (name, header) => {
    expect(attachment(name)).toBe(header)
  })

  it('never breaks out of its header, and is never longer than it may be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const header = attachment(name)
        expect(header).toMatch(/^attachment; filename="[A-Za-z0-9 ._-]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/)
        expect(tidyFileName(name).length).toBeLessThanOrEqual(180)
      }),
      { seed: 1 },
    )
  })
})
