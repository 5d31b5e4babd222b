import { Button, Switch } from '@mantine/core'
import { useState } from 'react'
import { mayStartZone } from '#stages/house/access.ts'
import { mayReadExposure } from '#stages/match/access.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Facts, Section } from '../../ui/detail/detail-page.tsx'
import { areKeysOn, turnKeys } from '../../ui/list/list-keys.ts'
import { usePageTitle } from '../../ui/page-title.ts'
import { exposureWords } from '../match/exposure-words.ts'
import classes from './house.module.css'
import { houseTitles } from './titles.ts'
import { houseWords } from './words.ts'

export function Settings() {
  const say = useWords(houseWords)
  const exposure = useWords(exposureWords)
  const title = useWords(houseTitles)('settings')
  const format = useFormat()
  const text = useText()
  const go = useGo()
  const { zone, caller } = useZone()
  const [keys, setKeys] = useState(areKeysOn)
  usePageTitle(title)
  return (
    <div className={classes.page}>
      <h1>{title}</h1>
      <Section title={say('yourSettings')}>
        <Switch
          label={say('keys')}
          description={say('keysTell')}
          checked={keys}
          onChange={(event) => {
            turnKeys(event.currentTarget.checked)
            setKeys(event.currentTarget.checked)
          }}
        />
      </Section>
      {zone ? (
        <Section title={say('zoneFacts')}>
          <Facts
            of={[
              { key: 'name', label: say('zoneName'), value: text(zone.name) },
              { key: 'slug', label: say('slug'), value: zone.slug },
              { key: 'city', label: say('city'), value: zone.city ?? <span className="faint">{say('notGiven')}</span> },
              { key: 'country', label: say('country'), value: format.country(zone.country) },
              { key: 'timeZone', label: say('timeZone'), value: zone.timeZone },
              { key: 'currency', label: say('currency'), value: zone.currency },
              { key: 'statement', label: say('statement'), value: text(zone.statement) },
            ]}
          />
        </Section>
      ) : null}
      {mayReadExposure(caller) ? (
        <Section title={exposure('settings')}>
          <p className="soft">{exposure('openTell')}</p>
          <div>
            <Button variant="default" onClick={() => go('/exposure')}>
              {exposure('openPage')}
            </Button>
          </div>
        </Section>
      ) : null}
      {mayStartZone(caller) ? (
        <Section title={say('ownZoneOpen')}>
          <p className="soft">{say('ownZoneTell')}</p>
          <div>
            <Button variant="default" onClick={() => go('/settings/own-zone')}>
              {say('ownZoneOpen')}
            </Button>
          </div>
        </Section>
      ) : null}
      <Section title={say('apiTitle')}>
        <p className="soft">{say('apiTell')}</p>
        <p>
          <a href="/api/docs">/api/docs</a>
        </p>
      </Section>
    </div>
  )
}
