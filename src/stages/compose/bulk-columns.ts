import type { ExportColumn, ExportLanguage } from '#http/export-file.ts'
import { KIND_WORDS } from '../registry/columns.ts'
import type { ExportedList } from '../registry/export-service.ts'
import { textIn } from '../texts.ts'
import type { BulkNeed, BulkSeat, BulkStatus } from './bulk-model.ts'

/** The words of a run when it leaves as a file. */

const STATUS_WORDS: Record<BulkStatus, Record<ExportLanguage, string>> = {
  optimal: { zh: '其他团队不变时已证明最优', en: 'Proven best beside the others' },
  feasible: { zh: '已找到团队，未证明最优', en: 'A team, not proven best' },
  infeasible: { zh: '单独组建也没有可行团队', en: 'No team even alone' },
  crowded_out: { zh: '所需机构的席位已用完', en: 'Those it needs have no seat left' },
  not_worth: { zh: '余下机构不足以组成有价值的团队', en: 'Those left are not worth their seats' },
  unknown: { zh: '时间用完，尚未计算', en: 'Not looked at in time' },
}

type NeedColumn = ExportColumn<BulkNeed>
const figure = (zh: string, en: string, value: (row: BulkNeed) => number | null): NeedColumn => ({
  heading: { zh, en },
  width: 14,
  kind: 'number',
  value,
})

export const NEED_LIST: ExportedList<BulkNeed> = {
  name: { zh: '统筹组建结果', en: 'Teams for all needs' },
  columns: [
    { heading: { zh: '需求', en: 'Need' }, width: 44, value: (row, language) => textIn(row.title, language) },
    { heading: { zh: '结果', en: 'Outcome' }, width: 30, value: (row, language) => STATUS_WORDS[row.status][language] },
    {
      heading: { zh: '成员', en: 'Members' },
      width: 70,
      value: (row, language) => row.members.map(({ names, name }) => textIn(names, language) || name).join('; '),
    },
    figure('成员数', 'Team size', ({ members }) => members.length),
    figure('已覆盖能力', 'Capabilities covered', ({ covered }) => covered),
    figure('全部能力', 'Capabilities in all', ({ of }) => of),
    figure('得分', 'Points', ({ objective }) => objective),
    figure('单独组建得分', 'Points alone', ({ alone }) => alone),
    figure('单独组建覆盖', 'Covered alone', ({ aloneCovered }) => aloneCovered),
    figure('先到先得得分', 'Points first come, first served', ({ inTurn }) => inTurn),
    figure('因共享让出', 'Given up for sharing', ({ givesUp }) => givesUp),
    figure('席位已满的机构', 'Organisations without a seat left', ({ full }) => full),
    {
      heading: { zh: '沿用上次', en: 'As before' },
      width: 12,
      value: ({ kept }, language) => (kept ? { zh: '是', en: 'Yes' }[language] : null),
    },
    {
      heading: { zh: '此后有变化', en: 'Changed since' },
      width: 12,
      value: ({ stale }, language) => (stale ? { zh: '是', en: 'Yes' }[language] : null),
    },
  ],
}

type SeatRow = BulkSeat & { needs: readonly BulkNeed[] }

const titles = (ids: readonly string[], needs: readonly BulkNeed[], language: ExportLanguage) =>
  ids.map((id) => textIn(needs.find((need) => need.id === id)?.title ?? {}, language) || id).join('; ')

export const SEAT_LIST: ExportedList<SeatRow> = {
  name: { zh: '机构席位', en: 'Seats' },
  columns: [
    {
      heading: { zh: '机构', en: 'Organisation' },
      width: 36,
      value: ({ names, name }, language) => textIn(names, language) || name,
    },
    {
      heading: { zh: '类型', en: 'Kind' },
      width: 14,
      value: ({ kind }, language) => KIND_WORDS[kind]?.[language] ?? kind,
    },
    { heading: { zh: '可用席位', en: 'Seats in all' }, width: 12, kind: 'number', value: ({ capacity }) => capacity },
    {
      heading: { zh: '已有联合体席位', en: 'Seats in consortia already' },
      width: 16,
      kind: 'number',
      value: ({ elsewhere }) => elsewhere,
    },
    {
      heading: { zh: '被多少需求选中', en: 'Asked for by' },
      width: 14,
      kind: 'number',
      value: ({ askedBy }) => askedBy.length,
    },
    { heading: { zh: '进入团队数', en: 'Teams' }, width: 12, kind: 'number', value: ({ takenBy }) => takenBy.length },
    { heading: { zh: '本单位需求', en: 'Own needs' }, width: 12, kind: 'number', value: ({ own }) => own },
    {
      heading: { zh: '多一个席位至多增加的分数', en: 'Points that one more seat adds at most' },
      width: 20,
      kind: 'number',
      value: ({ price }) => price,
    },
    {
      heading: { zh: '所在团队的需求', en: 'Needs it serves' },
      width: 70,
      value: ({ takenBy, needs }, language) => titles(takenBy, needs, language),
    },
  ],
}
