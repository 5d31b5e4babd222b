import { isMember } from '#stages/caller.ts'
import { mayReadJournal, mayReadMembers, mayReadOutbox } from '#stages/house/access.ts'
import { page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import './refusals.ts'
import { houseTitles } from './titles.ts'

export const housePages: StagePages = {
  pages: [
    {
      path: 'sign-in',
      house: true,
      title: titleOf(houseTitles, 'signIn'),
      component: page(() => import('./sign-in.tsx'), 'SignIn'),
    },
    {
      path: 'start',
      house: true,
      title: titleOf(houseTitles, 'start'),
      component: page(() => import('./start.tsx'), 'Start'),
    },
    {
      path: 'welcome',
      house: true,
      title: titleOf(houseTitles, 'welcome'),
      component: page(() => import('./welcome.tsx'), 'Welcome'),
    },
    {
      path: 'members',
      title: titleOf(houseTitles, 'members'),
      component: page(() => import('./members.tsx'), 'Members'),
    },
    { path: 'outbox', title: titleOf(houseTitles, 'outbox'), component: page(() => import('./outbox.tsx'), 'Outbox') },
    {
      path: 'journal',
      title: titleOf(houseTitles, 'journal'),
      component: page(() => import('./journal.tsx'), 'Journal'),
    },
    {
      path: 'settings',
      title: titleOf(houseTitles, 'settings'),
      component: page(() => import('./settings.tsx'), 'Settings'),
    },
    {
      path: 'settings/own-zone',
      title: titleOf(houseTitles, 'ownZone'),
      component: page(() => import('./own-zone.tsx'), 'OwnZone'),
    },
  ],
  nav: [
    { path: '/members', group: 'house', icon: 'members', title: titleOf(houseTitles, 'members'), may: mayReadMembers },
    { path: '/outbox', group: 'house', icon: 'outbox', title: titleOf(houseTitles, 'outbox'), may: mayReadOutbox },
    { path: '/journal', group: 'house', icon: 'journal', title: titleOf(houseTitles, 'journal'), may: mayReadJournal },
    { path: '/settings', group: 'house', icon: 'settings', title: titleOf(houseTitles, 'settings'), may: isMember },
  ],
}
