import { isMember } from '#stages/caller.ts'
import { mayReadExposure } from '#stages/match/access.ts'
import { page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import './refusals.ts'
import { matchTitles } from './titles.ts'

export const matchPages: StagePages = {
  pages: [
    {
      path: 'needs/$need/match',
      title: titleOf(matchTitles, 'match'),
      component: page(() => import('./match.tsx'), 'Match'),
    },
    {
      path: 'responses',
      title: titleOf(matchTitles, 'responses'),
      component: page(() => import('./responses.tsx'), 'Responses'),
    },
    {
      path: 'exposure',
      title: titleOf(matchTitles, 'exposure'),
      component: page(() => import('./exposure.tsx'), 'Exposure'),
    },
  ],
  nav: [
    {
      path: '/responses',
      group: 'match',
      icon: 'match',
      title: titleOf(matchTitles, 'responses'),
      may: (caller) => isMember(caller) && caller.organisationId !== null,
    },
    { path: '/exposure', group: 'match', icon: 'chart', title: titleOf(matchTitles, 'exposure'), may: mayReadExposure },
  ],
}
