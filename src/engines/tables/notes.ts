import { beginningOf, foldTraditional, foldWidth } from './text.ts'

const NOTE_BEGINNINGS =
  /^(?:注|备注|说明|填表说明|填报说明|填写说明|填表须知|附注|附件|附|提示|示例|例如|例|温馨提示|数据来源|资料来源|来源|填表人|填报人|填表单位|填报单位|填表日期|填报日期|制表人|制表单位|制表日期|制表|审核人|审核|复核|负责人签字|单位负责人|单位盖章|盖章|签字|联系人及电话|统计时间|统计日期|截止日期|截至|更新时间|更新日期|打印日期|打印时间|单位|密级|表号|制定机关|批准文号|note|notes|source|remark|remarks|prepared by|compiled by|updated|last updated|as of|printed|generated|exported|disclaimer|legend|unit|units|example|e\.g\.|\*|※|★|#)\s*(?:\d{1,2}|[一二三四五])?\s*(?:[：:.、。．)）]|$|\s)/i

const NOTE_SIGNS = /^(?:\*|※|★|▲|＊)\s*\p{L}/u

/** Whether a text reads like a note beside a table (注：…, 填表人：…, 数据截至…, Source: …) and not like a value. */
export function isNoteText(text: string): boolean {
  const folded = foldTraditional(foldWidth(beginningOf(text)))
  return (
    NOTE_BEGINNINGS.test(folded) ||
    NOTE_SIGNS.test(folded) ||
    /^(?:数据|统计|本表|以上|此表)(?:截[至止]|时间|由|为|数据|口径|来源)/.test(folded)
  )
}
