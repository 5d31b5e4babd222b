import { Select, Switch } from '@mantine/core'
import type { z } from 'zod'
import { watchApi } from '#stages/watch/api.ts'
import { type Digest, type DigestInput, WEEKDAYS } from '#stages/watch/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { tell } from '../../ui/toasts.tsx'
import classes from './watch.module.css'
import { watchWords } from './words.ts'

const LANGUAGES = ['zh', 'en'] as const

/** The weekly letter: whether, on which day, in which language. Each change is kept at once. */
export function DigestSection() {
  const say = useWords(watchWords)
  const { data, error } = useRead(watchApi.digest)
  return (
    <Section title={say('digest')}>
      <ErrorNote error={error} />
      {data ? <Settings digest={data} /> : null}
    </Section>
  )
}

function Settings({ digest }: { digest: z.infer<typeof Digest> }) {
  const say = useWords(watchWords)
  const format = useFormat()
  const write = useWrite(watchApi.setDigest)
  const { on, weekday, language, nextDay, address } = digest
  const set = (change: Partial<z.infer<typeof DigestInput>>) =>
    write.run({ body: { on, weekday, language, ...change } }).then(
      () => tell(say('digestSaved')),
      () => undefined,
    )
  return (
    <>
      <p className="soft">{say('digestTell', { address })}</p>
      <div className={classes.fields}>
        <Switch
          label={say('digestOn')}
          checked={on}
          disabled={write.isRunning}
          onChange={(event) => {
            // Who switches it on reads in this language.
            const order = event.currentTarget.checked
            void set(order ? { on: true, language: say.language } : { on: false })
          }}
        />
        {on ? (
          <>
            <Select
              label={say('weekday')}
              allowDeselect={false}
              data={WEEKDAYS.map((day) => ({ value: String(day), label: say(`day.${day}`) }))}
              value={String(weekday)}
              onChange={(value) => void set({ weekday: Number(value) })}
            />
            <Select
              label={say('language')}
              allowDeselect={false}
              data={LANGUAGES.map((one) => ({ value: one, label: say(`language.${one}`) }))}
              value={language}
              onChange={(value) => void set({ language: value === 'en' ? 'en' : 'zh' })}
            />
          </>
        ) : null}
      </div>
      {nextDay ? <p>{say('digestNext', { day: format.date(nextDay) })}</p> : null}
      <ErrorNote error={write.refusal} />
    </>
  )
}
