import { defineNotices } from '../../lib/notice-words.ts'
import { defineRefusals } from '../../lib/refusal-words.ts'

defineRefusals({
  zh: {
    'watch.unknown': '没有这个订阅，或它不归您所有。',
    'watch.too_many': '订阅最多 {{limit}} 个。先取消一个不再需要的。',
    'watch.too_broad': '符合条件的记录超过 {{limit}} 条，订阅后也看不过来。加一个筛选条件或关键词再订阅。',
    'watch.query_keys': '筛选条件过多。',
    'watch.token_unknown': '这个地址已失效。登录后可在“我的订阅”里重新设置。',
    'watch.feed_too_often': '阅读器访问过于频繁，五分钟内最多 {{limit}} 次。',
    'watch.feeds_too_often': '服务器上的订阅地址被访问得过于频繁，五分钟内总共最多 {{limit}} 次。请稍后再试。',
  },
  en: {
    'watch.unknown': 'There is no such saved search, or it is not yours.',
    'watch.too_many': 'You can have {{limit}} saved searches. End one that you no longer need.',
    'watch.too_broad':
      'More than {{limit}} records fit this search, more than anybody follows. Add a filter or a word, and save that.',
    'watch.query_keys': 'There are too many filters.',
    'watch.token_unknown': 'This address no longer opens anything. Sign in and look under “Saved searches”.',
    'watch.feed_too_often': 'The reader asks too often: {{limit}} times in five minutes at most.',
    'watch.feeds_too_often':
      'The feeds of this server are asked for too often: {{limit}} times in five minutes at most, all together. Try again later.',
  },
})

defineNotices({
  zh: {
    'notice.watch.organisation': '订阅有新机构',
    'notice.watch.result': '订阅有新成果',
    'notice.watch.need': '订阅有新需求',
    'notice.watch.project': '订阅有新项目',
    'notice.watch.wanted': '有需求需要您关注的机构或成果',
    'notice.watch.many': '订阅有多条新内容',
  },
  en: {
    'notice.watch.organisation': 'A new organisation in your saved searches',
    'notice.watch.result': 'A new result in your saved searches',
    'notice.watch.need': 'A new need in your saved searches',
    'notice.watch.project': 'A new past project in your saved searches',
    'notice.watch.wanted': 'A need wants what you watch',
    'notice.watch.many': 'Much is new in your saved searches',
  },
})
