import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { mayPlanZone } from '#stages/zone/access.ts'
import { zoneApi } from '#stages/zone/api.ts'
import { useAddress } from '../../lib/address.ts'
import { useRead } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Loading } from '../../ui/loading.tsx'
import { WhyPanel } from '../../ui/why/why-panel.tsx'
import { BrokenLinks, Chains } from './chains.tsx'
import { explain } from './explain.tsx'
import { IndustryForm } from './industry-form.tsx'
import { TenOnes } from './ten-ones.tsx'
import { zoneTitles } from './titles.ts'
import { zoneWords } from './words.ts'

/** A future industry of the zone: its Ten Ones and its four chains, counted now. */
export function Plan() {
  const say = useWords(zoneWords)
  const titles = useWords(zoneTitles)
  const { caller } = useZone()
  const [isAdding, add] = useState(false)
  const { search, set } = useAddress()
  const text = useText()
  const { data, error, refetch } = useRead(zoneApi.industries)
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  const slug = data.rows.find((row) => row.slug === search.industry)?.slug ?? data.rows[0]?.slug
  const adding = mayPlanZone(caller) ? (
    <Button variant={slug ? 'default' : 'filled'} onClick={() => add(true)}>
      {say('addIndustry')}
    </Button>
  ) : null
  return (
    <>
      {isAdding ? <IndustryForm close={() => add(false)} /> : null}
      {slug ? (
        <Industry
          slug={slug}
          action={adding}
          choice={
            data.rows.length > 1 ? (
              <SegmentedControl
                size="xs"
                value={slug}
                onChange={(industry) => set({ industry })}
                data={data.rows.map((row) => ({ value: row.slug, label: text(row.names) }))}
              />
            ) : null
          }
        />
      ) : (
        <DetailPage title={titles('plan')}>
          <Empty title={say('noIndustry')} action={adding}>
            {say('noIndustryText')}
          </Empty>
        </DetailPage>
      )}
    </>
  )
}

function Industry({ slug, action, choice }: { slug: string; action: React.ReactNode; choice: React.ReactNode }) {
  const say = useWords(zoneWords)
  const text = useText()
  const { data, error, refetch } = useRead(zoneApi.industry, { params: { industry: slug }, keep: true })
  const tell = useWords(zoneWords)
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  if (!data) return <Loading />
  const reached = data.ones.filter((one) => one.target !== null && one.measured >= one.target).length
  const broken = data.chain.cells.filter((cell) => cell.broken).length
  return (
    <>
      <DetailPage
        title={text(data.industry.names)}
        answer={say('answer', { reached, broken })}
        moreActions={choice}
        action={action}
      >
        <Section title={say('ones')}>
          <p className="soft">{say('onesHint')}</p>
          <TenOnes page={data} />
        </Section>
        <Section title={say('chains')}>
          <p className="soft">{say('chainsHint')}</p>
          <Chains page={data} />
        </Section>
        <Section title={say('brokenList')}>
          <BrokenLinks page={data} />
        </Section>
      </DetailPage>
      <WhyPanel explain={(key) => explain(key, data, tell, text)} />
    </>
  )
}
