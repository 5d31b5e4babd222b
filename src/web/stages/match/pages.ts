import { isMember } from '#stages/caller.ts'
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
  ],
  nav: [
    {
      path: '/responses',
      group: 'match',
      icon: 'match',
      title: titleOf(matchTitles, 'responses'),
      may: (caller) => isMember(caller) && caller.organisationId !== null,
    },
  ],
}
