import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Chunks that only the desk needs: a phone must not spend its data on them. */
const deskOnly = ['**/desk-*', '**/map-*', '**/chart-*', '**/antd-*', '**/*worker*'];

export default defineConfig({
  root: here('.'),
  resolve: { alias: { '@sc/contracts': here('../../libs/contracts/index.ts') } },
  build: {
    outDir: here('../../dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    manifest: true,
  },
  server: { proxy: { '/api': 'http://localhost:3000' } },
  plugins: [
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: null,
      scope: '/field',
      manifest: {
        name: 'Smart Community Field',
        short_name: 'Field',
        start_url: '/field',
        scope: '/field',
        display: 'standalone',
        background_color: '#f4f6f8',
        theme_color: '#12263f',
        icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg}'],
        globIgnores: deskOnly,
        navigateFallback: '/index.html',
        navigateFallbackAllowlist: [/^\/field/],
      },
    }),
  ],
});
