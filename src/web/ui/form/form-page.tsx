import { Button, Modal } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../error-note.tsx'
import { usePageTitle } from '../page-title.ts'
import { uiWords } from '../words.ts'
import classes from './form.module.css'

export interface FormPageProps {
  title: string
  intro?: ReactNode
  /** The verb on the button: `Publish the need`. */
  submitWord?: string
  onSubmit: () => unknown
  onCancel?: () => void
  isSaving: boolean
  isDirty: boolean
  error?: unknown
  children: ReactNode
  /** Further buttons beside the main one. */
  actions?: ReactNode
}

/** A page that is one form: its parts, and below them what went wrong and the buttons, always in sight. */
export function FormPage(props: FormPageProps) {
  const { title, intro, submitWord, onSubmit, onCancel, isSaving, isDirty, error, children, actions } = props
  const say = useWords(uiWords)
  usePageTitle(title)
  // Saving goes on to another page by itself: that is no leaving.
  const saving = useRef(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    saving.current = true
    try {
      await onSubmit()
    } catch {
      saving.current = false
    }
  }
  return (
    <form className={classes.page} onSubmit={(event) => void submit(event)} noValidate>
      <header className={classes.head}>
        <h1>{title}</h1>
        {intro ? <p className="soft">{intro}</p> : null}
      </header>
      {children}
      <footer className={classes.foot}>
        <ErrorNote error={error} />
        <div className={classes.buttons}>
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              {say('cancel')}
            </Button>
          ) : null}
          {actions}
          <Button type="submit" loading={isSaving}>
            {submitWord ?? say('save')}
          </Button>
        </div>
      </footer>
      <LeaveGuard when={() => isDirty && !saving.current} />
    </form>
  )
}

/** Asks before unsaved changes are left behind, since this can't be undone. */
export function LeaveGuard({ when }: { when: () => boolean }) {
  const say = useWords(uiWords)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && when(),
    enableBeforeUnload: when,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <Modal opened onClose={blocker.reset} title={say('unsaved')}>
      <p>{say('unsavedTell')}</p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={blocker.proceed}>
          {say('leaveAnyway')}
        </Button>
        <Button data-autofocus onClick={blocker.reset}>
          {say('stay')}
        </Button>
      </div>
    </Modal>
  )
}

/** A part of a form under a heading, with a sentence on what it is for. */
export function FormSection({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className={classes.section}>
      <legend>{title}</legend>
      {hint ? <p className="soft">{hint}</p> : null}
      <div className={classes.fields}>{children}</div>
    </fieldset>
  )
}

/** Fields that belong beside one another on a wide screen. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>
}
