import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../lib/words.ts'
import { uiWords } from '../../ui/words.ts'
import classes from './registry.module.css'

interface Says {
  value: unknown
  importId: string
  at: string
  answered?: boolean | undefined
}

export interface SourceSaysProps {
  sourceSays: Record<string, Says>
  source: string
  label: (field: string) => string
  show: (field: string, value: unknown) => ReactNode
  /** Takes the source's value, or keeps ours for good. Absent for those who may not edit. */
  answer?: ((field: string, take: boolean) => unknown) | undefined
  title: string
}

/** Fields that a person has set and of which an import has since said something else: each can be taken or kept. */
export function SourceSays({ sourceSays, source, label, show, answer, title }: SourceSaysProps) {
  const say = useWords(uiWords)
  const open = Object.entries(sourceSays).filter(([, says]) => !says.answered)
  if (!open.length) return null
  return (
    <section className={classes.says} aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {open.map(([field, says]) => (
          <li key={field}>
            <span>
              <b>{label(field)}</b>{' '}
              {say.rich('sourceSays', { source, value: <ins key="value">{show(field, says.value)}</ins> })}
            </span>
            {answer ? (
              <span className={`${classes.saysButtons} unprinted`}>
                <Button variant="default" size="compact-sm" onClick={() => void answer(field, true)}>
                  {say('sourceTake')}
                </Button>
                <Button variant="subtle" color="gray" size="compact-sm" onClick={() => void answer(field, false)}>
                  {say('sourceKeep')}
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Texts with origins as the API takes them. */
export function plainTexts(value: unknown): unknown {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      entry && typeof entry === 'object' && 'text' in entry ? entry.text : entry,
    ]),
  )
}
