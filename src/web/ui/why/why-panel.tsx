import { ActionIcon } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useAddress } from '../../lib/address.ts'
import { useWords } from '../../lib/words.ts'
import { Go } from '../go.tsx'
import { Icon } from '../icons.tsx'
import { type MarkedRange, MarkedText } from '../marked-text.tsx'
import { uiWords } from '../words.ts'
import classes from './why.module.css'

/** What a computed figure rests on, down to the record. */
export interface Why {
  /** What the figure is: `Fit with the need`. */
  title: string
  /** The figure itself, as on the page. */
  value?: ReactNode
  /** In a sentence how it came about. */
  sentence?: ReactNode
  /** What it is made of. `share` (0 to 1) is drawn as a bar. */
  parts?: readonly { key: string; label: ReactNode; value: ReactNode; share?: number; note?: ReactNode }[]
  /** Records that bear it out. */
  evidence?: readonly {
    key: string
    title: string
    path?: string
    quote?: string
    marks?: readonly MarkedRange[]
    note?: ReactNode
  }[]
  rule?: ReactNode
  source?: ReactNode
  /** What the reader may do about it: confirm, deny. */
  actions?: ReactNode
}

const PARAMETER = 'why'

/** Which figure stands open, by the key that its `Figure` names; and how to open another. */
export function useWhy(): { open: string | undefined; show: (key: string | undefined) => void } {
  const { search, set } = useAddress()
  return { open: search[PARAMETER], show: (key) => set({ [PARAMETER]: key }, { push: key !== undefined }) }
}

/**
 * The panel at the right in which every figure of a page explains itself. It stands once in a page. Which figure is open
 * is in the address (`?why=score:42`), so it can be sent to others and goes with the back button.
 * @param explain from a figure's key to what it rests on; undefined while it is read; null where there is no such figure
 */
export function WhyPanel({ explain }: { explain: (key: string) => Why | null | undefined }) {
  const { open, show } = useWhy()
  if (open === undefined) return null
  return <Panel key={open} why={explain(open)} close={() => show(undefined)} opener={open} />
}

function Panel({ why, close, opener }: { why: Why | null | undefined; close: () => void; opener: string }) {
  const say = useWords(uiWords)
  const heading = useRef<HTMLHeadingElement>(null)
  const leave = useRef(close)
  leave.current = close
  useEffect(() => {
    heading.current?.focus()
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) leave.current()
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.querySelector<HTMLElement>(`[data-why="${CSS.escape(opener)}"]`)?.focus()
    }
  }, [opener])
  return (
    <aside className={classes.panel} aria-label={say('why')}>
      <header className={classes.head}>
        <p className="faint">{say('why')}</p>
        <ActionIcon variant="subtle" color="gray" aria-label={say('close')} onClick={close} className="unprinted">
          <Icon name="close" />
        </ActionIcon>
        <h2 ref={heading} tabIndex={-1}>
          {why?.title ?? (why === null ? say('whyUnknown') : say('loading'))}
        </h2>
        {why?.value ? <p className={classes.value}>{why.value}</p> : null}
      </header>
      {why ? <Explained why={why} /> : null}
    </aside>
  )
}

/** The parts, evidence, rule and source of a figure; also used where they stand in a page. */
export function Explained({ why }: { why: Why }) {
  const say = useWords(uiWords)
  return (
    <div className={classes.body}>
      {why.sentence ? <p>{why.sentence}</p> : null}
      {why.parts?.length ? (
        <section>
          <h3>{say('whyParts')}</h3>
          <dl className={classes.parts}>
            {why.parts.map((part) => (
              <div key={part.key}>
                <dt>{part.label}</dt>
                <dd className="figures">{part.value}</dd>
                {part.share === undefined ? null : (
                  <span className={classes.bar} aria-hidden>
                    <span style={{ width: `${Math.round(Math.min(1, Math.max(0, part.share)) * 100)}%` }} />
                  </span>
                )}
                {part.note ? <dd className={`${classes.note} faint`}>{part.note}</dd> : null}
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {why.evidence?.length ? (
        <section>
          <h3>{say('whyEvidence')}</h3>
          <ul className={classes.evidence}>
            {why.evidence.map((piece) => (
              <li key={piece.key}>
                {piece.path ? <Go to={piece.path}>{piece.title}</Go> : <b>{piece.title}</b>}
                {piece.quote ? (
                  <blockquote>
                    <MarkedText text={piece.quote} ranges={piece.marks ?? []} />
                  </blockquote>
                ) : null}
                {piece.note ? <p className="faint">{piece.note}</p> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {why.rule ? (
        <section>
          <h3>{say('whyRule')}</h3>
          <div>{why.rule}</div>
        </section>
      ) : null}
      {why.source ? (
        <section>
          <h3>{say('whySource')}</h3>
          <div>{why.source}</div>
        </section>
      ) : null}
      {why.actions ? <div className="unprinted">{why.actions}</div> : null}
    </div>
  )
}
