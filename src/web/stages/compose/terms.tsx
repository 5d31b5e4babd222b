import { Select } from '@mantine/core'
import type { Terms } from '#stages/compose/invitation-model.ts'
import { SHARE_HUNDREDTHS_WHOLE } from '#stages/compose/invitation-model.ts'
import { ROLES, type Role } from '#stages/compose/team-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { NumberField } from '../../ui/form/fields.tsx'
import classes from './invitation.module.css'
import { invitationWords } from './invitation-words.ts'
import { sentenceWords } from './sentence-words.ts'

const HUNDREDTHS = 100
const TENTHS = 10

/** Shares and efforts in words: `12.5 %`, `6.5 person-months`; open where they are not settled. */
export function useTermWords() {
  const say = useWords(invitationWords)
  const format = useFormat()
  return {
    share: (hundredths: number | null) =>
      hundredths === null ? say('open') : format.percent(hundredths / SHARE_HUNDREDTHS_WHOLE, 2),
    effort: (tenths: number | null) =>
      tenths === null
        ? say('open')
        : say('personMonths', { count: tenths / TENTHS, months: format.number(tenths / TENTHS, 1) }),
  }
}

/** Role, share and effort of a seat. Figures are typed in per cent and person-months; empty leaves them open. */
export function TermsFields({
  value,
  onChange,
  about,
}: {
  value: Terms
  onChange: (terms: Terms) => void
  /** Whose, where several stand below one another. */
  about?: string
}) {
  const say = useWords(invitationWords)
  const sentences = useWords(sentenceWords)
  const label = (text: string) => (about ? `${text} · ${about}` : text)
  return (
    <div className={classes.fields}>
      <Select
        label={label(say('role'))}
        allowDeselect={false}
        data={ROLES.map((role) => ({ value: role, label: sentences(`role.${role}`) }))}
        value={value.role}
        onChange={(role) => role && onChange({ ...value, role: role as Role })}
      />
      <NumberField
        label={label(say('sharePercent'))}
        name="share"
        error={undefined}
        value={value.shareHundredths === null ? null : value.shareHundredths / HUNDREDTHS}
        onChange={(share) =>
          onChange({ ...value, shareHundredths: share === null ? null : Math.round(share * HUNDREDTHS) })
        }
      />
      <NumberField
        label={label(say('effortMonths'))}
        name="effort"
        error={undefined}
        value={value.effortTenths === null ? null : value.effortTenths / TENTHS}
        onChange={(effort) =>
          onChange({ ...value, effortTenths: effort === null ? null : Math.round(effort * TENTHS) })
        }
      />
    </div>
  )
}

export function TermsList({ terms }: { terms: Terms }) {
  const say = useWords(invitationWords)
  const sentences = useWords(sentenceWords)
  const words = useTermWords()
  return (
    <dl className={classes.terms}>
      <div>
        <dt>{say('role')}</dt>
        <dd>{sentences(`role.${terms.role}`)}</dd>
      </div>
      <div>
        <dt>{say('share')}</dt>
        <dd>{words.share(terms.shareHundredths)}</dd>
      </div>
      <div>
        <dt>{say('effort')}</dt>
        <dd>{words.effort(terms.effortTenths)}</dd>
      </div>
    </dl>
  )
}
