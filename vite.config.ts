import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The web is static: `dist/` is served by our own server, which puts a fresh nonce where the build writes this mark. */
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { zod: join(import.meta.dirname, 'src/web/lib/schemas.ts') } },
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Small pictures inlined as data: addresses would need a wider policy for what a page may load.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    chunkSizeWarningLimit: 900,
  },
})
