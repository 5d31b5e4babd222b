import { useRouterState } from '@tanstack/react-router'
import { inZone } from '../../lib/address.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Go } from '../../ui/go.tsx'
import classes from './needs.module.css'
import { needWords } from './words.ts'

/** The way from a need to its match and its consortium; the latter two for those who may match it. */
export function NeedTabs({ need }: { need: string }) {
  const say = useWords(needWords)
  const { slug } = useZone()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const tabs = [
    { path: `/needs/${need}`, label: say('tabNeed') },
    { path: `/needs/${need}/match`, label: say('tabMatch') },
    { path: `/needs/${need}/compose`, label: say('tabCompose') },
  ]
  return (
    <nav className={`${classes.tabs} unprinted`} aria-label={say('tabNeed')}>
      {tabs.map(({ path, label }) => (
        <Go
          key={path}
          to={path}
          className=""
          {...(pathname === inZone(slug, path) ? { 'aria-current': 'page' as const } : {})}
        >
          {label}
        </Go>
      ))}
    </nav>
  )
}
