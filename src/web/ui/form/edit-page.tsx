import type { ReactNode } from 'react'
import type { Refusal } from '../../lib/refusal.ts'
import { ErrorNote } from '../error-note.tsx'
import { ConflictPanel, type ConflictProps } from './conflict.tsx'
import { FormPage, type FormPageProps } from './form-page.tsx'
import type { Edit } from './use-edit.ts'

interface EditPageProps<Kept extends { revision: number }, Draft extends object>
  extends Pick<ConflictProps, 'label' | 'show'>,
    Pick<FormPageProps, 'title' | 'submitWord' | 'onCancel'> {
  edit: Edit<Kept, Draft>
  write: { isRunning: boolean; refusal: Refusal | null }
  /** Whether the refusal is told beside a field, and not below the form. */
  isToldElsewhere?: boolean
  children: ReactNode
}

/** The page on which a record is changed: its form, or both versions where somebody else was quicker. */
export function EditPage<Kept extends { revision: number }, Draft extends object>(props: EditPageProps<Kept, Draft>) {
  const { edit, write, label, show, isToldElsewhere, children, ...page } = props
  const { form, submit, clash, settle, dropClash } = edit
  if (clash)
    return (
      <>
        <ConflictPanel
          key={clash.now.revision}
          comparison={clash.comparison}
          label={label}
          show={show}
          onSave={settle}
          onCancel={dropClash}
          isSaving={write.isRunning}
        />
        <ErrorNote error={write.refusal?.code === 'changed_meanwhile' ? null : write.refusal} />
      </>
    )
  return (
    <FormPage
      {...page}
      onSubmit={submit}
      isSaving={write.isRunning}
      isDirty={form.isDirty}
      error={isToldElsewhere ? null : write.refusal}
    >
      {children}
    </FormPage>
  )
}
