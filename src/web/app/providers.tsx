import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { makeQueryClient } from '../lib/query.tsx'
import { themeWith } from '../lib/theme.ts'
import { useWords } from '../lib/words.ts'
import { Toasts } from '../ui/toasts.tsx'
import { uiWords } from '../ui/words.ts'

const client = makeQueryClient()
const schemes = localStorageColorSchemeManager({ key: 'consortia.scheme' })

/** What every page stands on: the look, in the reader's language, and what was read from the server. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const say = useWords(uiWords)
  const theme = useMemo(() => themeWith({ close: say('close'), showPassword: say('showPassword') }), [say])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={() => nonce}
      // All variables are made from our theme at the start; the file of the defaults is not loaded.
      deduplicateCssVariables={false}
    >
      <QueryClientProvider client={client}>
        {children}
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  )
}
