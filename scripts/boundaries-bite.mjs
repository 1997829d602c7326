// Shows that every boundary rule bites: breaks each one in a throw-away tree and expects that rule to report it, there.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Rule → files that break it, each rule with names of its own; what is only imported may be shared. */
const breaches = {
  'no-circular': { 'libs/platform/a/one.ts': "import './two.js';", 'libs/platform/a/two.ts': "import './one.js';" },
  'contracts-import-nothing-of-ours': {
    'libs/contracts/x.ts': "import '../platform/a/index.js';",
    'libs/platform/a/index.ts': '',
  },
  'contracts-are-browser-safe': { 'libs/contracts/y.ts': "import 'node:fs';" },
  'domains-are-data': {
    'libs/domains/fire/x.ts': "import '../../platform/a/index.js';",
    'libs/platform/a/index.ts': '',
  },
  'platform-knows-no-feature': {
    'libs/platform/a/index.ts': "import '../../features/f/index.js';",
    'libs/features/f/index.ts': '',
  },
  'features-keep-their-insides': { 'libs/features/a/y.ts': "import '../b/inner.js';", 'libs/features/b/inner.ts': '' },
  'platform-keeps-its-insides': {
    'libs/features/a/z.ts': "import '../../platform/b/inner.js';",
    'libs/platform/b/inner.ts': '',
  },
  'libs-know-no-app': {
    'libs/features/a/x.ts': "import '../../../apps/gateway/src/x.js';",
    'apps/gateway/src/x.ts': '',
  },
  'console-talks-http': {
    'apps/console/src/x.ts': "import '../../../libs/domains/index.js';",
    'libs/domains/index.ts': '',
  },
  'simulators-use-public-doors': {
    'simulators/x.ts': "import '../libs/platform/database/index.js';",
    'libs/platform/database/index.ts': '',
  },
  'no-fakes-in-production': {
    'libs/platform/a/x.ts': "import './in-memory-a.js';",
    'libs/platform/a/in-memory-a.ts': '',
  },
  'no-tests-in-production': { 'libs/platform/a/y.ts': "import './a.spec.js';", 'libs/platform/a/a.spec.ts': '' },
  'no-unlisted-package': { 'libs/platform/a/z.ts': "import 'a-package-nobody-listed';" },
};

const rules = (await import('../.dependency-cruiser.mjs')).default.forbidden.map((rule) => rule.name);
const untested = rules.filter((name) => !(name in breaches));
const failures = untested.map((name) => `${name}: no breach is written for it in scripts/boundaries-bite.mjs`);

const tree = mkdtempSync(join(tmpdir(), 'boundaries-'));
try {
  for (const folder of ['libs', 'apps', 'simulators', 'test']) mkdirSync(join(tree, folder));
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) cpSync(file, join(tree, file));
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
  for (const [path, content] of Object.values(breaches).flatMap(Object.entries)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${content}\nexport {};\n`);
  }
  const { stdout } = spawnSync(
    resolve('node_modules/.bin/depcruise'),
    ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'libs', 'apps', 'simulators', 'test'],
    { cwd: tree, encoding: 'utf8', maxBuffer: 1e8 },
  );
  const { violations } = JSON.parse(stdout).summary;
  for (const [name, files] of Object.entries(breaches))
    if (!violations.some(({ rule, from }) => rule.name === name && from in files))
      failures.push(`${name}: its breach in ${Object.keys(files).join(', ')} was not reported`);
} finally {
  rmSync(tree, { recursive: true, force: true });
}

if (failures.length) console.error(failures.join('\n'));
else console.log(`${rules.length} boundary rules, each reports its breach`);
process.exitCode = failures.length ? 1 : 0;
