import { Button } from '@mantine/core'
import { importsApi } from '#stages/imports/api.ts'
import type { Import } from '#stages/imports/model.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { tell } from '../../ui/toasts.tsx'
import classes from './imports.module.css'
import { importWords } from './words.ts'

/** Takes none of the rows and lets go of the file. Nothing is lost by it, so nobody is asked twice. */
export function DropButton({ run, word, main = false }: { run: Import; word: string; main?: boolean }) {
  const say = useWords(importWords)
  const drop = useWrite(importsApi.dropImport)
  const go = async () => {
    try {
      await drop.run({ params: { import: run.id } })
      tell(say('dropped'))
    } catch {
      // The refusal stands below the button.
    }
  }
  if (!run.may.drop) return null
  return (
    <div className={classes.quietly}>
      <Button variant={main ? 'filled' : 'default'} loading={drop.isRunning} onClick={() => void go()}>
        {word}
      </Button>
      <ErrorNote error={drop.refusal} />
    </div>
  )
}
