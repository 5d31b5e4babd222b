import { mayReadZone } from '#stages/zone/access.ts'
import { page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import './refusals.ts'
import { zoneTitles } from './titles.ts'

export const zonePages: StagePages = {
  pages: [
    { path: 'plan', title: titleOf(zoneTitles, 'plan'), component: page(() => import('./plan.tsx'), 'Plan') },
    {
      path: 'records',
      title: titleOf(zoneTitles, 'records'),
      component: page(() => import('./records.tsx'), 'Records'),
    },
    {
      path: 'capital',
      title: titleOf(zoneTitles, 'capital'),
      component: page(() => import('./capital.tsx'), 'Capital'),
    },
  ],
  nav: [
    { path: '/plan', group: 'zone', icon: 'zone', title: titleOf(zoneTitles, 'plan'), may: mayReadZone },
    { path: '/records', group: 'zone', icon: 'table', title: titleOf(zoneTitles, 'records'), may: mayReadZone },
    { path: '/capital', group: 'zone', icon: 'chart', title: titleOf(zoneTitles, 'capital'), may: mayReadZone },
  ],
  starts: [
    {
      path: '/plan',
      icon: 'zone',
      title: titleOf(zoneTitles, 'plan'),
      text: titleOf(zoneTitles, 'startText'),
      may: mayReadZone,
    },
  ],
}
