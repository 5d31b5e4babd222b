import type { ReactNode } from 'react'
import type { Quote } from '#stages/match/model.ts'
import { useLanguage, useWords } from '../../lib/words.ts'
import { Go } from '../../ui/go.tsx'
import { MarkedText } from '../../ui/marked-text.tsx'
import type { Why } from '../../ui/why/why-panel.tsx'
import { coverWords } from './cover-words.ts'
import classes from './match.module.css'
import { pathOfEvidence, useName } from './names.ts'
import { readQuote } from './quote.ts'

/** What a piece of evidence is called: its record's title, or for a profile what it is. */
export function useEvidenceTitle(): (quote: Quote) => string {
  const name = useName()
  const say = useWords(coverWords)
  return ({ kind, title, titles }) =>
    kind === 'profile' ? say('evidence.profile') : name({ name: title, names: titles })
}

/** A piece of evidence in the reader's language: the record it is from, and its words, those that count marked. */
export function Evidence({ quote, linked = true }: { quote: Quote; linked?: boolean }) {
  const say = useWords(coverWords)
  const title = useEvidenceTitle()(quote)
  const language = useLanguage()
  const { text, marks } = readQuote(quote, language)
  const path = linked ? pathOfEvidence(quote) : undefined
  const isProfile = quote.kind === 'profile'
  const heading = text === title ? <MarkedText text={text} ranges={marks} /> : title
  return (
    <figure className={classes.evidence}>
      <figcaption>
        {isProfile ? null : <span className="faint">{say(`evidence.${quote.kind}`)} </span>}
        {path ? <Go to={path}>{heading}</Go> : <span className={classes.evidenceTitle}>{heading}</span>}
      </figcaption>
      {text && text !== title ? (
        <blockquote>
          <MarkedText text={text} ranges={marks} />
        </blockquote>
      ) : null}
    </figure>
  )
}

type WhyEvidence = NonNullable<Why['evidence']>[number]

/** The same for the why panel. */
export function useWhyEvidence(): (quote: Quote, key: string, note?: ReactNode) => WhyEvidence {
  const titleOf = useEvidenceTitle()
  const language = useLanguage()
  return (quote, key, note) => {
    const { text, marks } = readQuote(quote, language)
    const path = pathOfEvidence(quote)
    return {
      key,
      title: titleOf(quote),
      ...(path ? { path } : {}),
      ...(text ? { quote: text, marks } : {}),
      ...(note ? { note } : {}),
    }
  }
}
