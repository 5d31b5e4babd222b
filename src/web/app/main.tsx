import { nonce } from './before.ts'
import '../ui/mantine.css'
import '../ui/base.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Providers } from './providers.tsx'
import { makeRouter } from './router.tsx'

const router = makeRouter()

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <Providers nonce={nonce}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
)
