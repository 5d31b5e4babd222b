import { defineWords } from '../../lib/words.ts'

/** Names of the house's pages, which the shell asks for before a page is opened. */
export const houseTitles = defineWords({
  zh: {
    signIn: '登录',
    start: '启用服务器',
    welcome: '设置密码',
    members: '成员',
    outbox: '发件箱',
    journal: '操作日志',
    settings: '设置',
    ownZone: '新建自己的园区',
  },
  en: {
    signIn: 'Sign in',
    start: 'Set up the server',
    welcome: 'Choose a password',
    members: 'Members',
    outbox: 'Outbox',
    journal: 'Journal',
    settings: 'Settings',
    ownZone: 'A zone of your own',
  },
})
