import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { z } from 'zod';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const chunkSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    css: z.array(z.string()).default([]),
    imports: z.array(z.string()).default([]),
    dynamicImports: z.array(z.string()).default([]),
  }),
);

/** Heavy and seldom wanted: fetched when it is opened first, and kept from then on. */
const onDemand = /^src\/(field\/order-map|locales\/[^/]+\/index)\./;

/** What the field app needs offline: the entry, its pages and both languages. A phone must not load the desk's chunks. */
function fieldFiles(): Set<string> {
  const chunks = chunkSchema.parse(JSON.parse(readFileSync(here('../../dist/console/.vite/manifest.json'), 'utf8')));
  const files = new Set(['index.html', 'icon.svg', 'manifest.webmanifest']);
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const chunk = chunks[name];
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...chunk.css]) files.add(file);
    chunk.imports.forEach(visit);
    chunk.dynamicImports.filter((n) => /^src\/(field|locales)\//.test(n) && !onDemand.test(n)).forEach(visit);
  };
  visit('index.html');
  return files;
}

export default defineConfig({
  root: here('.'),
  resolve: { alias: { '@sc/contracts': here('../../libs/contracts/index.ts') } },
  build: {
    outDir: here('../../dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    manifest: true,
    // antd marks its modules "use client" for servers that render; here it means nothing.
    rolldownOptions: {
      // The pages of residents are a program of their own: small, without a login, for old phones.
      input: { console: here('index.html'), resident: here('resident.html') },
      onwarn: (w, warn) => (w.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(w)),
    },
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
        // what Web Push brings
        importScripts: ['/push.js'],
        globPatterns: ['**/*.{js,css,html,svg}'],
        manifestTransforms: [
          (entries) => {
            const wanted = fieldFiles();
            return { manifest: entries.filter((e) => wanted.has(e.url)), warnings: [] };
          },
        ],
        // What is not brought along is kept once it was fetched; its name changes with its content.
        runtimeCaching: [
          {
            urlPattern: ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith('/assets/'),
            handler: 'CacheFirst',
            options: { cacheName: 'on-demand', expiration: { maxEntries: 20, purgeOnQuotaError: true } },
          },
        ],
        navigateFallback: '/index.html',
        navigateFallbackAllowlist: [/^\/field/],
      },
    }),
    {
      // The field app's manifest would offer residents to install it.
      name: 'resident-pages',
      enforce: 'post',
      transformIndexHtml: {
        order: 'post',
        handler: (html, { path }) =>
          path.endsWith('resident.html') ? html.replace(/<link rel="manifest"[^>]*>/, '') : html,
      },
    },
  ],
});
