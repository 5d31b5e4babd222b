import { nonce } from './before.ts'
import '../ui/mantine.css'
import '../ui/base.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from '../lib/query.tsx'
import { theme } from '../lib/theme.ts'
import { Toasts } from '../ui/toasts.tsx'
import { makeRouter } from './router.tsx'

const client = makeQueryClient()
const router = makeRouter()
const schemes = localStorageColorSchemeManager({ key: 'consortia.scheme' })

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={() => nonce}
      // All variables are made from our theme at the start; the file of the defaults is not loaded.
      deduplicateCssVariables={false}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
