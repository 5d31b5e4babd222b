import { Skeleton } from '@mantine/core'
import { useWords } from '../lib/words.ts'
import { uiWords } from './words.ts'

const HEIGHT_PX = 240

/** In place of a page whose record is still being read, which may take a while beside an import. */
export function Loading() {
  const say = useWords(uiWords)
  return <Skeleton height={HEIGHT_PX} aria-label={say('loading')} />
}
