import { useComputedColorScheme } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import type { Scheme } from './theme.ts'

const paper = typeof window === 'undefined' ? undefined : window.matchMedia('print')

function onPaper(listener: () => void): () => void {
  paper?.addEventListener('change', listener)
  return () => paper?.removeEventListener('change', listener)
}

/** Light or dark, as the reader sees it now; on paper always light. */
export function useScheme(): Scheme {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const isPaper = useSyncExternalStore(onPaper, () => paper?.matches ?? false)
  return isPaper ? 'light' : scheme
}
