import { describe, expect, it } from 'vitest'
import { checkVat } from './vat.ts'

describe('a VAT number is understood', () => {
  it.each([
    ['ATU12345678', undefined, 'ATU12345678'],
    ['BE 0123.456.789', undefined, 'BE0123456789'],
    ['de 123 456 789', undefined, 'DE123456789'],
    ['EL123456789', undefined, 'EL123456789'],
    ['GR123456789', undefined, 'EL123456789'],
    ['ESX1234567R', undefined, 'ESX1234567R'],
    ['FR40784393530', undefined, 'FR40784393530'],
    ['784393530', 'DE', 'DE784393530'],
    ['GB123456789', 'UK', 'GB123456789'],
    ['IE1234567FA', undefined, 'IE1234567FA'],
    ['NL123456789B01', undefined, 'NL123456789B01'],
    ['NO 947 679 183 MVA', undefined, 'NO947679183MVA'],
    ['CHE-115.047.203 MWST', 'CH', 'CHE115047203MWST'],
    ['ＳＥ５５６０３６０７９３０１', undefined, 'SE556036079301'],
    ['TR9980421671', 'TR', 'TR9980421671'],
    ['91110000600037341L', 'CN', 'CN91110000600037341L'],
    ['CN91110000600037341L', undefined, 'CN91110000600037341L'],
  ])('%s (%s)', (written, country, value) => {
    expect(checkVat(written, country)).toEqual({ value })
  })
})

describe('a VAT number is refused', () => {
  it.each([
    ['DE12345678', undefined, 'format'],
    ['ATU1234567', undefined, 'format'],
    ['HR1234567890', undefined, 'format'],
    ['SE12345678901', undefined, 'format'],
    ['MISSING', undefined, 'format'],
    ['NOTAPPLICABLE', 'DE', 'format'],
    ['123456789', undefined, 'format'],
    ['', 'DE', 'format'],
    ['CN91110000600037341N', undefined, 'checksum'],
    ['91110000600037341N', 'CN', 'checksum'],
  ])('%s (%s): %s', (written, country, rule) => {
    expect(checkVat(written, country)).toMatchObject({ rule })
  })
})
