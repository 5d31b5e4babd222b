import { anyone } from '#stages/caller.ts'
import { mayWriteNeeds } from '#stages/needs/access.ts'
import { needsApi } from '#stages/needs/api.ts'
import { useRead } from '../../lib/query.tsx'
import { page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import './refusals.ts'
import { needTitles } from './titles.ts'

const useWaiting = () => useRead(needsApi.needCounts).data?.waiting ?? 0

export const needPages: StagePages = {
  pages: [
    {
      path: 'needs',
      open: true,
      title: titleOf(needTitles, 'needs'),
      component: page(() => import('./needs.tsx'), 'Needs'),
    },
    {
      path: 'needs/new',
      title: titleOf(needTitles, 'addNeed'),
      component: page(() => import('./need-edit.tsx'), 'AddNeed'),
    },
    {
      path: 'needs/$need',
      open: true,
      title: titleOf(needTitles, 'needs'),
      component: page(() => import('./need.tsx'), 'NeedRecord'),
    },
    {
      path: 'needs/$need/edit',
      title: titleOf(needTitles, 'editNeed'),
      component: page(() => import('./need-edit.tsx'), 'EditNeed'),
    },
  ],
  nav: [
    { path: '/needs', group: 'needs', icon: 'needs', title: titleOf(needTitles, 'needs'), may: anyone, useWaiting },
  ],
  starts: [
    {
      path: '/needs/new',
      icon: 'needs',
      title: titleOf(needTitles, 'addNeed'),
      text: titleOf(needTitles, 'startText'),
      may: mayWriteNeeds,
    },
  ],
}
