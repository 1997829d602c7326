import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';
import { compressFiles } from './compress-files.js';
import { fieldProgram, pageOfField } from './vite.field.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Builds the officers' program after this one, into the same folder; then everything is compressed for the gateway. */
function alsoTheField(): Plugin {
  let outDir = '';
  return {
    name: 'field-program',
    apply: 'build',
    configResolved: ({ root, build: { outDir: folder } }) => {
      outDir = fileURLToPath(new URL(folder, `file://${root}/`));
    },
    async closeBundle() {
      await build(fieldProgram(outDir));
      await compressFiles(outDir);
    },
  };
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
  plugins: [alsoTheField(), pageOfField()],
});
