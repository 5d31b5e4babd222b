import { type Texts, textIn } from '../texts.ts'

/** The letter that carries a shared link, in both languages, the sender's own note above. */
export function wordLetter({ title, note, days }: { title: Texts; note: string; days: number }) {
  const zh = textIn(title, 'zh')
  const en = textIn(title, 'en')
  const body = [
    ...(note ? [note, ''] : []),
    `请查看为技术需求“${zh}”提出的联合体组建方案：成员、角色、理由、能力覆盖与缺口。下方链接 ${days} 天内有效，无需登录；持有链接者均可查看。`,
    '',
    `A consortium is proposed for the technology need “${en}”: its members, their roles and reasons, what they cover and what is missing. The link below holds for ${days} ${days === 1 ? 'day' : 'days'} and needs no sign-in; whoever has it can read the page.`,
  ].join('\n')
  return { subject: `联合体组建方案 Proposed consortium: ${zh === en ? zh : `${zh} / ${en}`}`, body }
}
