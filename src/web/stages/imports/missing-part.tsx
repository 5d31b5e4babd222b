import type { Import } from '#stages/imports/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { DropButton } from './drop-button.tsx'
import { Upload } from './upload.tsx'
import { importWords } from './words.ts'

/** A CORDIS download that came file by file: the one that is still wanted. */
export function MissingPart({ run }: { run: Import }) {
  const say = useWords(importWords)
  const format = useFormat()
  const names = format.list(run.reading?.missing ?? [])
  const here = Object.values(run.reading?.parts ?? {})
  return (
    <Section title={say('addPart', { names })}>
      <p className="soft">{say('addPartText')}</p>
      {here.length ? <p className="soft">{say('partsHere', { names: format.list(here) })}</p> : null}
      <Upload addTo={run.id} onStarted={() => undefined} />
      <DropButton run={run} word={say('finish')} />
    </Section>
  )
}
