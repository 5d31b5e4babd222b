import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useAddress } from '../../lib/address.ts'
import { usePageTitle } from '../page-title.ts'
import classes from './detail.module.css'

export interface DetailTab {
  key: string
  label: string
  /** How many there are, beside the label. */
  count?: number
  content: ReactNode
}

export interface DetailPageProps {
  title: string
  /** Small words before the title: kind, state. */
  badges?: ReactNode
  /** The one-line answer: what this is, in what state, what next. */
  answer?: ReactNode
  /** The next action, one button; further ones stand before it, quieter. */
  action?: ReactNode
  moreActions?: ReactNode
  /** What must be seen before the rest: a conflict with the source, a merge. */
  notes?: ReactNode
  /** Facts at the side on a wide screen. */
  facts?: ReactNode
  children?: ReactNode
  /** Instead of children: parts behind tabs, the open one in the address (`?tab=history`). */
  tabs?: readonly DetailTab[]
}

/** The pattern of every record's page: the answer on top, then the facts, then history. */
export function DetailPage(props: DetailPageProps) {
  const { title, badges, answer, action, moreActions, notes, facts, children, tabs } = props
  const { search, set } = useAddress()
  usePageTitle(title)
  const first = tabs?.[0]?.key ?? ''
  const open = tabs?.some((tab) => tab.key === search.tab) ? search.tab! : first
  return (
    <article className={classes.page}>
      <header className={classes.head}>
        <div className={classes.naming}>
          {badges ? <div className={classes.badges}>{badges}</div> : null}
          <h1>{title}</h1>
          {answer ? <p className={classes.answer}>{answer}</p> : null}
        </div>
        {action || moreActions ? (
          <div className={`${classes.actions} unprinted`}>
            {moreActions}
            {action}
          </div>
        ) : null}
      </header>
      {notes}
      <div className={facts ? classes.sides : undefined}>
        {facts ? <aside className={classes.facts}>{facts}</aside> : null}
        <div className={classes.main}>
          {children}
          {tabs ? (
            <Tabs
              value={open}
              onChange={(key) => set({ tab: key === first ? undefined : (key ?? undefined) })}
              keepMounted={false}
            >
              <Tabs.List className="unprinted">
                {tabs.map((tab) => (
                  <Tabs.Tab key={tab.key} value={tab.key}>
                    {tab.label}
                    {tab.count === undefined ? null : <span className={classes.count}>{tab.count}</span>}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              {tabs.map((tab) => (
                <Tabs.Panel key={tab.key} value={tab.key} className={classes.panel}>
                  {tab.content}
                </Tabs.Panel>
              ))}
            </Tabs>
          ) : null}
        </div>
      </div>
    </article>
  )
}

/** A part of a page under its own heading. */
export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <header>
        <h2>{title}</h2>
        {action ? <div className="unprinted">{action}</div> : null}
      </header>
      {children}
    </section>
  )
}

export interface Fact {
  key: string
  label: string
  value: ReactNode
  /** Where the value comes from, or what the source says instead. */
  note?: ReactNode
}

/** Facts as a list of names and values. Empty ones are left out. */
export function Facts({ of }: { of: readonly (Fact | false | null | undefined)[] }) {
  const facts = of.filter((fact): fact is Fact => Boolean(fact) && isThere((fact as Fact).value, (fact as Fact).note))
  return (
    <dl className={classes.list}>
      {facts.map((fact) => (
        <div key={fact.key}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.value}
            {fact.note ? <div className={classes.note}>{fact.note}</div> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const isThere = (value: ReactNode, note: ReactNode) =>
  Boolean(note) || (value !== null && value !== undefined && value !== '' && value !== false)
