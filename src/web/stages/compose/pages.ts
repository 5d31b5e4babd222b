import { mayComposeSomeNeed, mayReadBulk } from '#stages/compose/access.ts'
import { page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import './refusals.ts'
import { composeTitles } from './titles.ts'

export const composePages: StagePages = {
  pages: [
    {
      path: 'needs/$need/compose',
      title: titleOf(composeTitles, 'compose'),
      component: page(() => import('./compose.tsx'), 'Compose'),
    },
    {
      path: 'consortia',
      title: titleOf(composeTitles, 'consortia'),
      component: page(() => import('./consortia.tsx'), 'Consortia'),
    },
    {
      path: 'consortia/$consortium',
      title: titleOf(composeTitles, 'consortium'),
      component: page(() => import('./consortium.tsx'), 'ConsortiumRecord'),
    },
    {
      path: 'compose-all',
      title: titleOf(composeTitles, 'bulk'),
      component: page(() => import('./bulk.tsx'), 'BulkCompose'),
    },
    {
      path: 'compose-all/$run',
      title: titleOf(composeTitles, 'bulkRun'),
      component: page(() => import('./bulk-run.tsx'), 'BulkOutcome'),
    },
    {
      path: 's/$token',
      house: true,
      open: true,
      title: titleOf(composeTitles, 'shared'),
      component: page(() => import('./shared.tsx'), 'Shared'),
    },
  ],
  nav: [
    {
      path: '/consortia',
      group: 'compose',
      icon: 'compose',
      title: titleOf(composeTitles, 'consortia'),
      may: mayComposeSomeNeed,
    },
    {
      path: '/compose-all',
      group: 'compose',
      icon: 'columns',
      title: titleOf(composeTitles, 'bulk'),
      may: mayReadBulk,
    },
  ],
}
