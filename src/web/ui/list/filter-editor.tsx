import { Checkbox, Radio, TagsInput, TextInput } from '@mantine/core'
import { useWords } from '../../lib/words.ts'
import { uiWords } from '../words.ts'
import { type Filter, valuesOf } from './filter.ts'
import classes from './list.module.css'
import type { List } from './use-list.ts'

interface EditorProps {
  filter: Filter
  list: List<unknown>
  close: () => void
}

/** What stands behind a filter's chip: its choices, words or bounds. */
export default function Editor({ filter, list, close }: EditorProps) {
  const say = useWords(uiWords)
  const { search, set } = list
  switch (filter.kind) {
    case 'choice':
      if (filter.single)
        return (
          <Radio.Group value={search[filter.key] ?? ''} onChange={(value) => set({ [filter.key]: value })}>
            <div className={classes.options}>
              {filter.options.map((option) => (
                <Radio key={option.value} value={option.value} label={option.label} />
              ))}
            </div>
          </Radio.Group>
        )
      return (
        <Checkbox.Group
          value={valuesOf(search, filter.key)}
          onChange={(values) => set({ [filter.key]: values.join(',') })}
        >
          <div className={classes.options}>
            {filter.options.map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} />
            ))}
          </div>
        </Checkbox.Group>
      )
    case 'words':
      return (
        <TagsInput
          data-autofocus
          w={280}
          aria-label={filter.label}
          description={say('tagsTip')}
          data={[...(filter.offers ?? [])]}
          value={valuesOf(search, filter.key)}
          onChange={(values) => set({ [filter.key]: values.map((value) => value.replaceAll(',', ' ')).join(',') })}
          comboboxProps={{ withinPortal: false }}
        />
      )
    case 'flag':
      return (
        <Radio.Group
          value={search[filter.key] ?? ''}
          onChange={(value) => {
            set({ [filter.key]: value })
            close()
          }}
        >
          <div className={classes.options}>
            <Radio value="true" label={filter.yes} />
            {filter.no ? <Radio value="false" label={filter.no} /> : null}
          </div>
        </Radio.Group>
      )
    case 'range':
      return (
        <div className={classes.range}>
          {(['from', 'to'] as const).map((side) => (
            <TextInput
              key={side}
              label={say(side)}
              w={110}
              type="number"
              min={filter.least}
              max={filter.most}
              value={search[filter[side]] ?? ''}
              onChange={(event) => set({ [filter[side]]: event.currentTarget.value })}
            />
          ))}
        </div>
      )
    default:
      return null
  }
}
