import type { ReactNode } from 'react'
import { KINDS, SCHEMES, SIZES } from '#stages/registry/model.ts'
import { type Figure, isMoneyFigure } from '#stages/registry/year-model.ts'
import { readYearFact } from '#stages/registry/year-rules.ts'
import type { Texts } from '#stages/texts.ts'
import { type MoneyOnWire, useFormat } from '../../lib/format.ts'
import { formatWords } from '../../lib/format-words.ts'
import { useSegments } from '../../lib/segments.ts'
import { useWords } from '../../lib/words.ts'
import { Outward } from '../../ui/go.tsx'
import classes from './registry.module.css'
import { registryWords } from './words.ts'
import { figuresIn, type YearDraft } from './year-draft.ts'
import { yearWords } from './year-words.ts'

type Known<T extends readonly string[]> = T[number]
const isOneOf = <T extends readonly string[]>(values: T, value: unknown): value is Known<T> =>
  values.includes(value as string)

/** What a field of a record is called. */
export function useFactNames(): (field: string) => string {
  const say = useWords(registryWords)
  const sayYears = useWords(yearWords)
  return (field) => {
    const ofYear = readYearFact(field)
    if (ofYear) return sayYears('ofYear', { year: ofYear.year, figure: sayYears(`figure.${ofYear.figure}`) })
    const key = `fact.${field}`
    return registryWords.keys.includes(key as 'fact.names') ? say(key as 'fact.names') : field
  }
}

/** A field's value as people read it: in the history, in a conflict, in what a source says. */
export function useFactValues(): (field: string, value: unknown) => ReactNode {
  const say = useWords(registryWords)
  const sayFormat = useWords(formatWords)
  const format = useFormat()
  const { nameOf } = useSegments()
  const sayYears = useWords(yearWords)
  const showFigure = (figure: Figure, value: unknown) =>
    isMoneyFigure(figure) ? format.moneyExact(value as MoneyOnWire) : format.number(Number(value))
  return (field, value) => {
    if (value === null || value === undefined || value === '') return null
    const ofYear = readYearFact(field)
    if (ofYear) return showFigure(ofYear.figure, value)
    if (field === 'years') return (value as YearDraft[]).length ? (value as YearDraft[]).map(showYear) : null
    if (field === 'kind' && isOneOf(KINDS, value)) return say(`kind.${value}`)
    if (field === 'size' && isOneOf(SIZES, value)) return say(`size.${value}`)
    if (field === 'segment') return nameOf(String(value))
    if (field === 'country') return format.country(String(value))
    if (field === 'founded') return format.date(String(value))
    if (field === 'url') return <Outward href={String(value)}>{String(value)}</Outward>
    if (field === 'staff') return say('people', { count: format.number(Number(value)) })
    if (field === 'revenue' || field === 'rdSpend') return format.moneyExact(value as MoneyOnWire)
    if (Array.isArray(value)) return value.length ? format.list(value.map(String)) : null
    if (field === 'identifiers')
      return SCHEMES.filter((scheme) => (value as Record<string, string>)[scheme])
        .map((scheme) => `${say(`scheme.${scheme}`)} ${(value as Record<string, string>)[scheme]}`)
        .join('; ')
    if (typeof value === 'object') {
      const entries = Object.entries(value as Texts | Record<string, string>)
        .map(([key, entry]) => [key, typeof entry === 'string' ? entry : (entry?.text ?? '')] as const)
        .filter(([, text]) => text)
      if (!entries.length) return null
      if (field === 'contact') return entries.map(([, text]) => text).join(', ')
      return (
        <>
          {entries.map(([language, text]) => (
            <span key={language} lang={language} className={classes.text}>
              {entries.length > 1 ? (
                <span className="faint">{sayFormat(`language.${language}` as 'language.zh')} </span>
              ) : null}
              {text}{' '}
            </span>
          ))}
        </>
      )
    }
    return String(value)
  }

  function showYear(year: YearDraft): ReactNode {
    const figures = figuresIn([year]).map((figure) =>
      sayYears('ofYear', {
        year: year.year ?? '',
        figure: `${sayYears(`figure.${figure}`)} ${showFigure(figure, year[figure])}`,
      }),
    )
    return (
      <span key={year.year} className={classes.text}>
        {format.list(figures)}{' '}
      </span>
    )
  }
}

/** What was done to a record, in words. */
export function useActionNames(): (action: string) => string {
  const say = useWords(registryWords)
  return (action) => {
    const key = `action.${action}`
    return registryWords.keys.includes(key as 'action.added')
      ? say(key as 'action.added')
      : say('action.other', { action })
  }
}
