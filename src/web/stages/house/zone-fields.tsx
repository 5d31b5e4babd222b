import { useWords } from '../../lib/words.ts'
import { TextField } from '../../ui/form/fields.tsx'
import { FieldRow } from '../../ui/form/form-page.tsx'
import { type TextsByLanguage, TextsField } from '../../ui/form/texts-field.tsx'
import type { FieldProps } from '../../ui/form/use-form.ts'
import { houseWords } from './words.ts'

export interface ZoneDraft {
  name: TextsByLanguage
  slug: string
  city: string
  country: string
  timeZone: string
  currency: string
}

export const emptyZone = (): ZoneDraft => ({
  name: {},
  slug: '',
  city: '',
  country: 'CN',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai',
  currency: 'CNY',
})

export const zoneToSend = ({ city, ...zone }: ZoneDraft) => ({
  ...zone,
  city: city || null,
  country: zone.country.trim().toUpperCase(),
  currency: zone.currency.trim().toUpperCase(),
})

/** The facts of a new zone. `errorOf` words what the server says of a field of it. */
export function ZoneFields({
  value,
  onChange,
  errorOf,
}: {
  value: ZoneDraft
  onChange: (zone: ZoneDraft) => void
  errorOf: (field: string) => string | undefined
}) {
  const say = useWords(houseWords)
  const field = <K extends keyof ZoneDraft>(name: K): FieldProps<ZoneDraft[K]> => ({
    name,
    value: value[name],
    onChange: (next) => onChange({ ...value, [name]: next }),
    error: errorOf(name),
  })
  return (
    <>
      <TextsField label={say('zoneName')} required {...field('name')} />
      <TextField label={say('slug')} hint={say('slugHint')} required {...field('slug')} />
      <FieldRow>
        <TextField label={say('city')} {...field('city')} />
        <TextField label={say('country')} {...field('country')} />
      </FieldRow>
      <FieldRow>
        <TextField label={say('timeZone')} {...field('timeZone')} />
        <TextField label={say('currency')} {...field('currency')} />
      </FieldRow>
    </>
  )
}
