import { useComputedColorScheme } from '@mantine/core'
import type { Scheme } from './theme.ts'

/** Light or dark, as the reader sees it now. */
export function useScheme(): Scheme {
  return useComputedColorScheme('light', { getInitialValueInEffect: false })
}
