import { NumberInput } from '@mantine/core'
import { CIRCLES } from '#stages/needs/model.ts'
import { KINDS } from '#stages/registry/model.ts'
import type { Refusal } from '../../lib/refusal.ts'
import { issueInWords } from '../../lib/refusal-words.ts'
import { useSegments } from '../../lib/segments.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ChoiceField, DateField, MoneyField, NumberField, TagsField, TrlField } from '../../ui/form/fields.tsx'
import { FieldRow, FormSection } from '../../ui/form/form-page.tsx'
import { TextsField } from '../../ui/form/texts-field.tsx'
import type { Form } from '../../ui/form/use-form.ts'
import { registryWords } from '../registry/words.ts'
import type { NeedDraft } from './need-draft.ts'
import { CapabilityRows, TargetRows } from './need-rows.tsx'
import classes from './needs.module.css'
import { needWords } from './words.ts'

/** Every part of a need, in the order in which one thinks of them. */
export function NeedFields({ form, refusal }: { form: Form<NeedDraft>; refusal: Refusal | null }) {
  const say = useWords(needWords)
  const kinds = useWords(registryWords)
  const { zone } = useZone()
  const { segments } = useSegments()
  const { values, field, set } = form
  const errorUnder = (part: string) => (path: string) => {
    const found = refusal?.issues.find(
      (issue) => issue.path === `${part}.${path}` || issue.path.startsWith(`${part}.${path}.`),
    )
    return found && issueInWords(found, say.language)
  }
  const issueOf = (path: string) => {
    const found = refusal?.issues.find((issue) => issue.path === path)
    return found && issueInWords(found, say.language)
  }
  return (
    <>
      <FormSection title={say('publicPart')} hint={say(`circleTell.${values.circle}`)}>
        <TextsField label={say('title')} required {...field('title')} />
        <TextsField label={say('summary')} hint={say('summaryHint')} lines={3} {...field('summary')} />
        <ChoiceField
          label={say('circle')}
          options={CIRCLES.map((value) => ({ value, label: say(`circle.${value}`) }))}
          {...field('circle')}
          onChange={(circle) => circle && set('circle', circle)}
        />
      </FormSection>
      <FormSection title={say('privatePart')} hint={say('problemHint')}>
        <TextsField label={say('problem')} lines={5} {...field('problem')} />
        <TextsField label={say('tried')} lines={3} {...field('tried')} />
      </FormSection>
      <FormSection title={say('targets')}>
        <TargetRows
          rows={values.targets}
          onChange={(targets) => set('targets', targets)}
          errorOf={errorUnder('targets')}
        />
        <FieldRow>
          <TrlField label={say('trlFrom')} {...field('trlFrom')} error={issueOf('trl') ?? issueOf('trl.from')} />
          <TrlField label={say('trlTo')} {...field('trlTo')} error={issueOf('trl.to')} />
        </FieldRow>
      </FormSection>
      <FormSection title={say('capabilities')} hint={say('capabilitiesHint')}>
        <CapabilityRows
          rows={values.capabilities}
          onChange={(capabilities) => set('capabilities', capabilities)}
          errorOf={errorUnder('capabilities')}
        />
        {issueOf('capabilities') ? <p role="alert">{issueOf('capabilities')}</p> : null}
      </FormSection>
      <FormSection title={say('conditions')}>
        <FieldRow>
          <MoneyField
            label={say('budget')}
            currency={zone?.currency ?? 'CNY'}
            {...field('budget')}
            error={issueOf('budget.amount')}
          />
          <DateField label={say('deadline')} {...field('deadline')} />
        </FieldRow>
        <TagsField label={say('regions')} hint={say('regionsHint')} {...field('regions')} />
        <FieldRow>
          <NumberField label={say('minMembers')} {...field('minMembers')} error={issueOf('conditions.minMembers')} />
          <NumberField label={say('maxMembers')} {...field('maxMembers')} error={issueOf('conditions.maxMembers')} />
        </FieldRow>
        <fieldset className={classes.group}>
          <legend>
            {say('kinds')} <span className="faint">{say('kindsHint')}</span>
          </legend>
          <div className={classes.kinds}>
            {KINDS.filter((kind) => kind !== 'other').map((kind) => (
              <NumberInput
                key={kind}
                label={kinds(`kind.${kind}`)}
                min={0}
                max={20}
                allowDecimal={false}
                value={values.kinds[kind]}
                onChange={(count) => set('kinds', { ...values.kinds, [kind]: Number(count) || 0 })}
              />
            ))}
          </div>
        </fieldset>
        <FieldRow>
          <TagsField label={say('fields')} {...field('fields')} />
          <ChoiceField
            label={say('segment')}
            clearable
            options={segments.map(({ key, name }) => ({ value: key, label: name }))}
            {...field('segment')}
          />
        </FieldRow>
      </FormSection>
    </>
  )
}
