import { mayImport, mayReadImports } from '#stages/imports/access.ts'
import { importsApi } from '#stages/imports/api.ts'
import { useRead } from '../../lib/query.tsx'
import { page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import { importTitles } from './titles.ts'

/** Imports that stand still until a person confirms their columns or takes their rows. */
const useWaiting = () => useRead(importsApi.imports, { query: { state: 'mapping,ready', size: 1 } }).data?.total ?? 0

export const importPages: StagePages = {
  pages: [
    {
      path: 'imports',
      title: titleOf(importTitles, 'imports'),
      component: page(() => import('./imports.tsx'), 'Imports'),
    },
    {
      path: 'imports/$import',
      title: titleOf(importTitles, 'imports'),
      component: page(() => import('./import.tsx'), 'ImportRecord'),
    },
  ],
  nav: [
    {
      path: '/imports',
      group: 'registry',
      icon: 'imports',
      title: titleOf(importTitles, 'imports'),
      may: mayReadImports,
      useWaiting,
    },
  ],
  starts: [
    {
      path: '/imports',
      icon: 'imports',
      title: titleOf(importTitles, 'start'),
      text: titleOf(importTitles, 'startText'),
      may: mayImport,
    },
  ],
}
