import type { ReactNode } from 'react'
import { useFormat } from '../lib/format.ts'
import { useScheme } from '../lib/scheme.ts'
import { useTerm } from '../lib/terms.ts'
import { categoricalColour } from '../lib/theme.ts'
import classes from './badges.module.css'
import { Icon, type IconName } from './icons.tsx'

export type Tone = 'plain' | 'good' | 'look' | 'loss' | 'quiet'

/** A state or kind in a word. The tone repeats what the word says and never says it alone. */
export function Badge({ tone = 'plain', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {icon ? <Icon name={icon} size={14} /> : null}
      {children}
    </span>
  )
}

/** A kind with the colour that it has on every page and chart; `place` is its fixed place in the categorical palette. */
export function KindBadge({ place, children }: { place: number; children: ReactNode }) {
  const scheme = useScheme()
  return (
    <span className={classes.kind}>
      <span className={classes.dot} style={{ backgroundColor: categoricalColour(place, scheme) }} />
      {children}
    </span>
  )
}

/** A readiness level 1 to 9 as nine steps, with its name under the pointer. */
export function TrlBadge({ level }: { level: number | null | undefined }) {
  const format = useFormat()
  if (!level) return <span className="faint">—</span>
  return (
    <span className={classes.trl} role="img" aria-label={format.trl(level)} title={format.trl(level)}>
      <span className={classes.steps} aria-hidden>
        {Array.from({ length: 9 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps never move
          <span key={at} data-reached={at < level || undefined} />
        ))}
      </span>
      TRL {level}
    </span>
  )
}

/** The zone's own words, in the reader's language where it is known: fields, titles. Shows the first few and how many more there are. */
export function Tags({ of, most = 3 }: { of: readonly string[]; most?: number }) {
  const term = useTerm()
  if (!of.length) return <span className="faint">—</span>
  const rest = of.slice(most).map(term)
  return (
    <span className={classes.tags} data-tags>
      {of.slice(0, most).map((tag) => (
        <span key={tag} className={classes.tag} title={term(tag)}>
          {term(tag)}
        </span>
      ))}
      {rest.length ? (
        <span className={classes.tag} title={rest.join(' · ')}>
          <span aria-hidden>+{rest.length}</span>
          <span className="unseen">{rest.join(', ')}</span>
        </span>
      ) : null}
    </span>
  )
}
