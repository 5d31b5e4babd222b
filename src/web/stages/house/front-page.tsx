import type { ReactNode } from 'react'
import { useWords } from '../../lib/words.ts'
import { Mark } from '../../ui/icons.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import classes from './house.module.css'
import { Preferences } from './preferences.tsx'
import { houseWords } from './words.ts'

/** The pages before one is inside: the mark, a sentence, one form. */
export function FrontPage({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) {
  const say = useWords(houseWords)
  usePageTitle(title)
  return (
    <div className={classes.front}>
      <header className={classes.frontTop}>
        <Preferences />
      </header>
      <main className={classes.frontMain}>
        <div className={classes.brand}>
          <Mark size={44} />
          <p className={classes.product}>{say('product')}</p>
          <p className="soft">{say('slogan')}</p>
        </div>
        <div className={classes.card}>
          <h1>{title}</h1>
          {children}
        </div>
        {aside}
      </main>
    </div>
  )
}
