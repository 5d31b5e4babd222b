import { TextInput } from '@mantine/core'
import { registryApi } from '#stages/registry/api.ts'
import { KINDS, SCHEMES, SIZES } from '#stages/registry/model.ts'
import { useRead } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ChoiceField, DateField, MoneyField, NumberField, TagsField, TextField } from '../../ui/form/fields.tsx'
import { FieldRow, FormSection } from '../../ui/form/form-page.tsx'
import { TextsField } from '../../ui/form/texts-field.tsx'
import type { Form } from '../../ui/form/use-form.ts'
import type { OrganisationDraft } from './organisation-draft.ts'
import { organisationWords, registryWords } from './words.ts'
import { YearsField } from './year-fields.tsx'
import { yearWords } from './year-words.ts'

interface Props {
  form: Form<OrganisationDraft>
  seesPrivate: boolean
  seesNotes: boolean
  mayIdentify: boolean
}

/** The fields of an organisation, for adding and editing alike. */
export function OrganisationFields({ form, seesPrivate, seesNotes, mayIdentify }: Props) {
  const say = useWords(organisationWords)
  const sayRegistry = useWords(registryWords)
  const { zone } = useZone()
  const { segments } = useSegments()
  const facets = useRead(registryApi.registryFacets).data?.organisations
  const sayYears = useWords(yearWords)
  const currency = zone?.currency ?? 'CNY'
  const fact = (field: keyof OrganisationDraft) => sayRegistry(`fact.${field}`)
  return (
    <>
      <FormSection title={say('partName')}>
        <TextsField label={fact('names')} required {...form.field('names')} />
        <FieldRow>
          <TextField label={fact('shortName')} {...form.field('shortName')} />
          <ChoiceField
            label={fact('kind')}
            required
            options={KINDS.map((value) => ({ value, label: sayRegistry(`kind.${value}`) }))}
            {...form.field('kind')}
          />
        </FieldRow>
        {mayIdentify ? <Identifiers form={form} /> : null}
      </FormSection>
      <FormSection title={say('partPlace')}>
        <FieldRow>
          <TextField label={fact('country')} hint={say('countryHint')} {...form.field('country')} />
          <TextField label={fact('region')} {...form.field('region')} />
          <TextField label={fact('city')} {...form.field('city')} />
        </FieldRow>
        <TextField label={fact('address')} {...form.field('address')} />
        <TextField label={fact('url')} placeholder="https://" {...form.field('url')} />
      </FormSection>
      <FormSection title={say('partWhat')}>
        <TextsField label={fact('summary')} lines={3} {...form.field('summary')} />
        <TextsField label={fact('products')} lines={2} {...form.field('products')} />
        <TagsField
          label={fact('fields')}
          hint={say('fieldsTell')}
          offers={(facets?.fields ?? []).map(({ value }) => value)}
          {...form.field('fields')}
        />
        <TagsField
          label={fact('titles')}
          offers={(facets?.titles ?? []).map(({ value }) => value)}
          {...form.field('titles')}
        />
        <ChoiceField
          label={fact('segment')}
          clearable
          placeholder={say('segmentNone')}
          options={segments.map(({ key, name }) => ({ value: key, label: name }))}
          {...form.field('segment')}
        />
      </FormSection>
      <FormSection title={say('partFigures')}>
        <FieldRow>
          <ChoiceField
            label={fact('size')}
            clearable
            options={SIZES.map((value) => ({ value, label: sayRegistry(`size.${value}`) }))}
            {...form.field('size')}
          />
          <NumberField label={fact('staff')} {...form.field('staff')} />
          <DateField label={fact('founded')} partial {...form.field('founded')} />
        </FieldRow>
      </FormSection>
      {seesPrivate ? (
        <FormSection title={say('partPrivate')} hint={say('privateTell')}>
          <FieldRow>
            <MoneyField label={fact('revenue')} currency={currency} {...form.field('revenue')} />
            <MoneyField label={fact('rdSpend')} currency={currency} {...form.field('rdSpend')} />
          </FieldRow>
          <Contact form={form} />
          {seesNotes ? <TextField label={fact('notes')} lines={3} {...form.field('notes')} /> : null}
        </FormSection>
      ) : null}
      {seesPrivate ? (
        <FormSection title={sayYears('years')} hint={sayYears('formTell')}>
          <YearsField currency={currency} {...form.parted('years')} />
        </FormSection>
      ) : null}
    </>
  )
}

function Identifiers({ form }: { form: Form<OrganisationDraft> }) {
  const say = useWords(organisationWords)
  const sayRegistry = useWords(registryWords)
  const { value, onChange, errorOf } = form.parted('identifiers')
  return (
    <>
      <p className="soft">{say('identifiersTell')}</p>
      <FieldRow>
        {SCHEMES.map((scheme) => (
          <TextInput
            key={scheme}
            name={`identifiers.${scheme}`}
            label={sayRegistry(`scheme.${scheme}`)}
            error={errorOf(scheme)}
            value={value[scheme] ?? ''}
            onChange={(event) => onChange({ ...value, [scheme]: event.currentTarget.value })}
          />
        ))}
      </FieldRow>
    </>
  )
}

const CONTACT_PARTS = [
  ['name', 'contactName'],
  ['email', 'contactEmail'],
  ['phone', 'contactPhone'],
] as const

function Contact({ form }: { form: Form<OrganisationDraft> }) {
  const say = useWords(organisationWords)
  const { value, onChange, errorOf } = form.parted('contact')
  return (
    <FieldRow>
      {CONTACT_PARTS.map(([part, word]) => (
        <TextInput
          key={part}
          name={`contact.${part}`}
          label={say(word)}
          error={errorOf(part)}
          value={value[part] ?? ''}
          onChange={(event) => onChange({ ...value, [part]: event.currentTarget.value })}
        />
      ))}
    </FieldRow>
  )
}
