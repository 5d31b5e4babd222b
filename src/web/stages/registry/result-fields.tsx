import { ActionIcon, Button, Checkbox } from '@mantine/core'
import { registryApi } from '#stages/registry/api.ts'
import { IP_KINDS, IP_STATUSES, type IpKind, OWNERS_MAX, WANTED_DEALS } from '#stages/registry/result-model.ts'
import { useRead } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useWords } from '../../lib/words.ts'
import { ChoiceField, DateField, TagsField, TextField, TrlField } from '../../ui/form/fields.tsx'
import { FieldRow, FormSection } from '../../ui/form/form-page.tsx'
import { TextsField } from '../../ui/form/texts-field.tsx'
import type { Form } from '../../ui/form/use-form.ts'
import { Icon } from '../../ui/icons.tsx'
import { OrganisationsField } from './organisation-picker.tsx'
import classes from './registry.module.css'
import type { IpDraft, ResultDraft } from './result-draft.ts'
import { resultWords } from './result-words.ts'

/** The fields of a result. Who else owns it is said by the zone's staff alone. */
export function ResultFields({ form, mayOwn }: { form: Form<ResultDraft>; mayOwn: boolean }) {
  const say = useWords(resultWords)
  const { segments } = useSegments()
  const facets = useRead(registryApi.registryFacets).data?.results
  const fact = (field: keyof ResultDraft) => say(`fact.${field}`)
  const deals = form.field('wantedDeal')
  return (
    <>
      <FormSection title={say('partWhat')}>
        <TextsField label={fact('title')} required {...form.field('title')} />
        <TextsField label={fact('summary')} lines={5} {...form.field('summary')} />
        {mayOwn ? (
          <OrganisationsField label={fact('owners')} required most={OWNERS_MAX} {...form.field('owners')} />
        ) : null}
        <TagsField
          label={fact('fields')}
          offers={(facets?.fields ?? []).map(({ value }) => value)}
          {...form.field('fields')}
        />
        <FieldRow>
          <ChoiceField
            label={fact('segment')}
            clearable
            options={segments.map(({ key, name }) => ({ value: key, label: name }))}
            {...form.field('segment')}
          />
          <DateField label={fact('dated')} partial {...form.field('dated')} />
        </FieldRow>
        <TagsField label={fact('inventors')} hint={say('inventorsTell')} {...form.field('inventors')} />
      </FormSection>
      <FormSection title={say('partState')}>
        <FieldRow>
          <TrlField label={fact('trl')} {...form.field('trl')} />
          <TextField label={fact('trlSaid')} hint={say('trlSaidTell')} {...form.field('trlSaid')} />
        </FieldRow>
        <Checkbox.Group
          label={fact('wantedDeal')}
          error={deals.error}
          value={deals.value}
          onChange={(values) => deals.onChange(values as ResultDraft['wantedDeal'])}
        >
          <div className={classes.choices}>
            {WANTED_DEALS.map((deal) => (
              <Checkbox key={deal} value={deal} label={say(`deal.${deal}`)} />
            ))}
          </div>
        </Checkbox.Group>
      </FormSection>
      <FormSection title={say('partIp')}>
        <Rights form={form} />
      </FormSection>
    </>
  )
}

const NEW_RIGHT: IpDraft = { kind: 'invention', number: null, status: null, expires: null }

function Rights({ form }: { form: Form<ResultDraft> }) {
  const say = useWords(resultWords)
  const { value, onChange, errorOf } = form.parted('ip')
  const change = (at: number, part: Partial<IpDraft>) =>
    onChange(value.map((right, place) => (place === at ? { ...right, ...part } : right)))
  return (
    <>
      {value.map((right, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a right is known by its place in the list
        <div key={at} className={classes.ipRow}>
          <ChoiceField
            label={say('ipKind')}
            name={`ip.${at}.kind`}
            error={errorOf(`${at}.kind`)}
            options={IP_KINDS.map((kind) => ({ value: kind, label: say(`ip.${kind}`) }))}
            value={right.kind}
            onChange={(kind) => change(at, { kind: (kind ?? 'other') as IpKind })}
          />
          <TextField
            label={say('number')}
            name={`ip.${at}.number`}
            error={errorOf(`${at}.number`)}
            value={right.number}
            onChange={(number) => change(at, { number: number || null })}
          />
          <ChoiceField
            label={say('status')}
            name={`ip.${at}.status`}
            error={errorOf(`${at}.status`)}
            clearable
            options={IP_STATUSES.map((status) => ({ value: status, label: say(`status.${status}`) }))}
            value={right.status}
            onChange={(status) => change(at, { status })}
          />
          <TextField
            label={say('expiresOn')}
            name={`ip.${at}.expires`}
            error={errorOf(`${at}.expires`)}
            placeholder="2034-05-18"
            value={right.expires}
            onChange={(expires) => change(at, { expires: expires || null })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={say('removeIp', { place: at + 1 })}
            onClick={() => onChange(value.filter((_, place) => place !== at))}
          >
            <Icon name="trash" size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => onChange([...value, NEW_RIGHT])}
        >
          {say('addIp')}
        </Button>
      </div>
    </>
  )
}
