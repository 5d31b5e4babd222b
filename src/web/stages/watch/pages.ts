import { mayWatch } from '#stages/watch/access.ts'
import { page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import './refusals.ts'
import { watchTitles } from './titles.ts'

export const watchPages: StagePages = {
  pages: [
    {
      path: 'watches',
      title: titleOf(watchTitles, 'watches'),
      component: page(() => import('./watches.tsx'), 'WatchesPage'),
    },
    {
      path: 'watches/$watch',
      title: titleOf(watchTitles, 'watch'),
      component: page(() => import('./watch.tsx'), 'WatchPage'),
    },
    {
      path: 'end-letters/$token',
      house: true,
      open: true,
      title: titleOf(watchTitles, 'end'),
      component: page(() => import('./end-letters.tsx'), 'EndLetters'),
    },
  ],
  nav: [{ path: '/watches', group: 'match', icon: 'bell', title: titleOf(watchTitles, 'watches'), may: mayWatch }],
}
