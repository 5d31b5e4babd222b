import type { Caller } from '#stages/caller.ts'
import { mayComposeSomeNeed, mayReadBulk, mayReadInvitations, mayReadPacks } from '#stages/compose/access.ts'
import { composeApi } from '#stages/compose/api.ts'
import { useRead } from '../../lib/query.tsx'
import { page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import './invitation-refusals.ts'
import './refusals.ts'
import { composeTitles } from './titles.ts'

const WAITING_MS = 60_000
const hasInvitations = (caller: Caller) => mayReadInvitations(caller) && caller.organisationId !== null
const useWaiting = () => useRead(composeApi.invitations, { everyMs: WAITING_MS }).data?.waiting ?? 0

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
      path: 'rule-packs',
      title: titleOf(composeTitles, 'packs'),
      component: page(() => import('./packs.tsx'), 'RulePacks'),
    },
    {
      path: 'needs/$need/versions',
      title: titleOf(composeTitles, 'versions'),
      component: page(() => import('./versions.tsx'), 'Versions'),
    },
    {
      path: 'invitations',
      title: titleOf(composeTitles, 'invitations'),
      component: page(() => import('./invitations.tsx'), 'Invitations'),
    },
    {
      path: 'invitations/$invitation',
      title: titleOf(composeTitles, 'invitation'),
      component: page(() => import('./invitations.tsx'), 'InvitationRecord'),
    },
    {
      path: 'invited/$token',
      house: true,
      open: true,
      title: titleOf(composeTitles, 'invitation'),
      component: page(() => import('./invited.tsx'), 'InvitedByLink'),
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
      path: '/invitations',
      group: 'compose',
      icon: 'outbox',
      title: titleOf(composeTitles, 'invitations'),
      may: hasInvitations,
      useWaiting,
    },
    {
      path: '/compose-all',
      group: 'compose',
      icon: 'columns',
      title: titleOf(composeTitles, 'bulk'),
      may: mayReadBulk,
    },
    {
      path: '/rule-packs',
      group: 'compose',
      icon: 'check',
      title: titleOf(composeTitles, 'packs'),
      may: mayReadPacks,
    },
  ],
}
