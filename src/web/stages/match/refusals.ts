import { defineNotices } from '../../lib/notice-words.ts'
import { defineRefusals } from '../../lib/refusal-words.ts'

defineRefusals({
  zh: {
    'match.sponsors_only': '匹配结果只对需求的提出方和园区工作人员开放。',
    'match.time': '比对用时超过了上限（{{limit}} 秒），请稍后再试。',
    'capability.unknown': '这个需求里没有这项能力，可能已被改写。请重新匹配。',
    'organisation.unknown': '园区名录里没有这家机构，可能已被合并。',
    'judgement.level': '确认一项能力时，级别应为 1、2 或 3。',
    'response.unknown': '这个答复已不在了，可能已被撤回。',
    'response.side': '您只能代表自己一方答复。',
    'response.need_not_open': '需求没有在征集中，现在不能答复。',
    'response.code': '婉拒需要一个理由；表示意向或暂缓则不需要。',
  },
  en: {
    'match.sponsors_only': 'A need’s match is open to its sponsors and the zone’s staff.',
    'match.time': 'It took longer than the {{limit}} seconds allowed. Try again in a while.',
    'capability.unknown': 'The need asks for no such capability; it may have been rewritten. Match again.',
    'organisation.unknown': 'The zone does not know this organisation; it may have been merged.',
    'judgement.level': 'A confirmed capability has level 1, 2 or 3.',
    'response.unknown': 'That answer is no longer there; it may have been taken back.',
    'response.side': 'You can answer for your own side alone.',
    'response.need_not_open': 'The need is not open, so it can’t be answered now.',
    'response.code': 'A no needs a reason; interest and later need none.',
  },
})

defineNotices({
  zh: {
    'notice.interest': '有合作意向',
    'notice.refusal.too_early': '婉拒：技术太早期',
    'notice.refusal.no_better': '婉拒：不优于现有方案',
    'notice.refusal.unclear_route': '婉拒：技术路线不清楚',
    'notice.refusal.unclear_description': '婉拒：描述不清楚',
    'notice.refusal.outside_scope': '婉拒：不在业务范围内',
    'notice.refusal.no_capacity': '婉拒：目前没有余力',
    'notice.refusal.conflict': '婉拒：存在利益冲突',
    'notice.refusal.terms': '婉拒：条件谈不拢',
  },
  en: {
    'notice.interest': 'Interest in working together',
    'notice.refusal.too_early': 'Declined: too early',
    'notice.refusal.no_better': 'Declined: no better than what exists',
    'notice.refusal.unclear_route': 'Declined: unclear how it would be done',
    'notice.refusal.unclear_description': 'Declined: unclear description',
    'notice.refusal.outside_scope': 'Declined: outside the scope',
    'notice.refusal.no_capacity': 'Declined: no capacity now',
    'notice.refusal.conflict': 'Declined: conflict of interest',
    'notice.refusal.terms': 'Declined: the terms',
  },
})
