import { Button } from '@mantine/core'
import { importsApi } from '#stages/imports/api.ts'
import type { Import } from '#stages/imports/model.ts'
import { downloadAddress } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Note } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { totalOf } from './counts.ts'
import classes from './imports.module.css'
import { importWords } from './words.ts'

/** How many rows are refused, how they are mended and how they come back. */
export function Refused({ run }: { run: Import }) {
  const say = useWords(importWords)
  const format = useFormat()
  const { slug } = useZone()
  const count = totalOf(run.counts, 'refused')
  if (!count) return null
  const query = { format: 'xlsx' as const, language: say.language }
  return (
    <Note tone="look">
      <p>
        <b>{say('refusedTitle', { count, figure: format.number(count) })}</b>
      </p>
      <p className={classes.prose}>{say('refusedText')}</p>
      <div className="unprinted">
        <Button
          component="a"
          variant="default"
          leftSection={<Icon name="download" size={16} />}
          href={downloadAddress(importsApi.refusedRows, { params: { zone: slug, import: run.id }, query })}
          download
        >
          {say('refusedDownload')}
        </Button>
      </div>
    </Note>
  )
}
