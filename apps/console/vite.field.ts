import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HtmlTagDescriptor, InlineConfig, Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { z } from 'zod';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** What is drawn with before the program has come. */
const early = /field\.html|\/src\/(field\/main\.ts|styles\/(base|field)\.css)/;
const manifestFile = '.vite/field.json';

/**
 * The officers' phones have a program of their own, built apart: so nothing that only the desk uses comes along, and what a phone needs
 * first is four files, not fifty. Before HTTP/2 each six of them are a turn of a bad network.
 */
export const fieldProgram = (outDir: string): InlineConfig => ({
  configFile: false,
  root: here('.'),
  // The desk's build has brought them.
  publicDir: false,
  logLevel: 'warn',
  resolve: { alias: { '@sc/contracts': here('../../libs/contracts/index.ts') } },
  build: {
    outDir,
    emptyOutDir: false,
    assetsDir: 'assets/field',
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    manifest: manifestFile,
    // Browsers that are not told ahead ask when they get there.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The program itself is an entry too: so what it needs at first is known as such, see the groups.
      input: { field: here('field.html'), app: here('src/field/app.tsx') },
      treeshake: {
        // Schemas and questions that nobody uses go: to make one changes nothing.
        moduleSideEffects: [
          { test: /\/libs\/contracts\//, sideEffects: false },
          { test: /\/src\/(api|components|lib|pages)\/.*\.tsx?$/, sideEffects: false },
        ],
        // Known by name alone, in every package: never a name as short as minified ones (`z` broke what reads codes).
        manualPureFunctions: ['pageOf', 'queryOptions', 'infiniteQueryOptions'],
      },
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', test: /\/src\/field\/first-paint\/|preload-helper/, priority: 3 },
            { name: 'react', test: /\/node_modules\/(react|react-dom|scheduler)\//, priority: 2 },
            // All that the program cannot do without is one file; a page behind the first one brings the rest.
            {
              name: 'app',
              tags: ['$initial'],
              test: (id) => !early.test(id),
              includeDependenciesRecursively: false,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  plugins: [toldAhead(), serviceWorker(outDir)],
});

/** Where `vite` serves the sources: below /field stands the officers' page, as the gateway has it. */
export const pageOfField = (): Plugin => ({
  name: 'field-page',
  apply: 'serve',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _, next) => {
      if (/^\/field(\/|\?|$)/.test(request.url ?? '')) request.url = '/field.html';
      next();
    });
  },
});

/** The browser is told of the program while the first small file still comes, and waits for that one before it draws: no white page at night. */
const toldAhead = (): Plugin => ({
  name: 'field-told-ahead',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const wanted = new Set<string>();
      const visit = (fileName: string): void => {
        if (wanted.has(fileName)) return;
        wanted.add(fileName);
        named.get(fileName)?.imports.forEach(visit);
      };
      for (const chunk of chunks)
        if (chunk.moduleIds.some((id) => id.endsWith('/src/field/app.tsx'))) visit(chunk.fileName);
      const tags = [...wanted]
        .filter((fileName) => !html.includes(fileName))
        .map((fileName): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}` },
          injectTo: 'head',
        }));
      return { html: html.replace('<script type="module"', '<script type="module" blocking="render"'), tags };
    },
  },
});

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
const onDemand = /^src\/field\/(order-map|read-codes)\./;

/** What the phone keeps for the dead spot: the entry, its pages and both languages. */
function keptFiles(outDir: string): Set<string> {
  const chunks = chunkSchema.parse(JSON.parse(readFileSync(join(outDir, manifestFile), 'utf8')));
  const files = new Set(['field.html', 'icon.svg', 'manifest.webmanifest']);
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const chunk = chunks[name];
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...chunk.css]) files.add(file);
    chunk.imports.forEach(visit);
    chunk.dynamicImports.filter((one) => !onDemand.test(one)).forEach(visit);
  };
  for (const name of ['field.html', 'src/field/app.tsx']) visit(name);
  return files;
}

const serviceWorker = (outDir: string) =>
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
      globPatterns: ['field.html', 'icon.svg', 'assets/field/*.{js,css}'],
      manifestTransforms: [
        (entries) => {
          const wanted = keptFiles(outDir);
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
      navigateFallback: '/field.html',
      navigateFallbackAllowlist: [/^\/field/],
    },
  });
