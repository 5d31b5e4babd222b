import { defineRefusals } from '../../lib/refusal-words.ts'

defineRefusals({
  zh: {
    'compose.sponsors_only': '只有需求的提出方和园区工作人员可以组建，也只有他们能看方案。',
    'compose.need_settled': '这个需求已结束或已并入联合需求，不再组建联合体。',
    'compose.no_capabilities': '这个需求还没有写所需能力。补上之后再组建。',
    'compose.no_team': '这个版本没有可以保存的组合。放宽条件，重新组建后再保存。',
    'compose.no_team_in_time': '{{limit}} 秒内没有找到可行的组合。延长求解时限，或减少条件再试。',
    'compose.inputs_changed': '求解期间需求或名录又有变化。等导入结束后再组建一次。',
    'compose.study_stale': '这个方案形成之后，需求或名录有了变化。重新组建后再比较。',
    'compose.study_no_team': '这个版本没有成员，无从比较。先放宽条件。',
    'compose.weights_below': '未达标的得分不能高于达标的得分。',
    'compose.solver_ended': '求解器中途停止，没有得出结果。请重试；如果再次发生，减少条件或候选。',
    'compose.too_many_members': '一个联合体最多 {{limit}} 家成员。',
    'compose.cancelled': '已停止求解。',
    'proposal.unknown': '没有这个方案，或您无权查看。',
    'consortium.unknown': '没有这个联合体，或您无权查看。',
    'consortium.changed': '您打开之后，有人改过这个草案。',
    'link.unknown': '这个链接打不开：可能已过期、已停用，或没有复制完整。请向发来链接的人要一个新的。',
    'link.too_many': '这个方案已经有 {{limit}} 个链接。转发一个还开着的，或重新组建一个版本。',
    'partners.time': '排序用时超过了上限（{{limit}} 秒），请稍后再试。',
    'partners.projects': '园区的既往项目超过 {{limit}} 个，页面上不再推荐伙伴；可用命令 engine partners 计算。',
    'partners.participations': '园区的参与记录超过 {{limit}} 条，页面上不再推荐伙伴；可用命令 engine partners 计算。',
    'partners.organisations': '园区的机构超过 {{limit}} 家，页面上不再推荐伙伴；可用命令 engine partners 计算。',
    'partners.results': '园区的成果超过 {{limit}} 项，页面上不再推荐伙伴；可用命令 engine partners 计算。',
    'money.negative': '金额不能是负数。',
    'cover.cancelled': '已停止求解。',
    'cover.out_of_time': '求解用时超过了上限，请减少条件再试。',
    'cover.candidates.none': '名录里没有可以入选的机构。',
  },
  en: {
    'compose.sponsors_only': 'A need’s proposals are made and read by its sponsors and the zone’s staff.',
    'compose.need_settled': 'The need is closed or has gone into a joint one; no consortium is sought for it.',
    'compose.no_capabilities': 'The need names no capability yet. Add what is wanted, then compose.',
    'compose.no_team': 'This version has no team to save. Ease a condition and compose again.',
    'compose.no_team_in_time': 'No team was found in {{limit}} seconds. Allow more time, or fewer conditions.',
    'compose.inputs_changed':
      'The need or the registry changed while a team was sought. Compose again when the import has ended.',
    'compose.study_stale': 'The need or the registry has changed since. Compose again, then compare.',
    'compose.study_no_team': 'There is no team here that could be compared. Ease a condition first.',
    'compose.weights_below': 'What is not met can’t count for more than what is.',
    'compose.solver_ended':
      'The solver ended before it had an answer. Try again; with fewer conditions if it happens again.',
    'compose.too_many_members': 'A consortium has at most {{limit}} members.',
    'compose.cancelled': 'The search was stopped.',
    'proposal.unknown': 'There is no such proposal, or you may not see it.',
    'consortium.unknown': 'There is no such consortium, or you may not see it.',
    'consortium.changed': 'Somebody has changed this draft since you opened it.',
    'link.unknown':
      'This link opens nothing: it has expired, was ended, or was not copied whole. Ask whoever sent it for a new one.',
    'link.too_many': 'This version has {{limit}} links already. Pass on one that is open, or compose a new version.',
    'partners.time': 'Ranking took longer than the {{limit}} seconds allowed. Try again in a while.',
    'partners.projects':
      'The zone has more than {{limit}} past projects, too many to name partners here; the command engine partners can.',
    'partners.participations':
      'The zone has more than {{limit}} participations, too many to name partners here; the command engine partners can.',
    'partners.organisations':
      'The zone has more than {{limit}} organisations, too many to name partners here; the command engine partners can.',
    'partners.results':
      'The zone has more than {{limit}} results, too many to name partners here; the command engine partners can.',
    'money.negative': 'An amount is not below zero.',
    'cover.cancelled': 'The search was stopped.',
    'cover.out_of_time': 'Solving took longer than is allowed. Try with fewer conditions.',
    'cover.candidates.none': 'The registry holds nobody who could be chosen.',
  },
})
