import { importResultSchema } from '../../dist/libs/contracts/index.js';

/** The platform takes 20,000 lines in one import; in smaller ones each answer comes well within its limit. */
const linesPerImport = 5000;
const importLimitMs = 120_000;

/** New buildings spread over the demo's duty grids, made by importing a table as an administrator does. @returns their ids */
export async function makeBuildings({ admin, demo }, prefix, count) {
  const ids = Array.from({ length: count }, (_, n) => `${demo.community}-${prefix}-b${n + 1}`);
  for (let from = 0; from < count; from += linesPerImport) {
    const lines = ids
      .slice(from, from + linesPerImport)
      .map((id, n) => `${id},building,${demo.community}-grid-${((from + n) % 3) + 1},${id},${id},50`);
    await importTable(admin, 'areas', ['id,kind,parent,name_zh,name_en,households', ...lines].join('\n'));
  }
  return ids;
}

/** New devices, spread evenly over the areas, registered by importing a table as an administrator does. @returns their logins */
export async function makeDevices({ admin, demo }, { prefix, count, domain, areaIds }) {
  const logins = [];
  for (let from = 0; from < count; from += linesPerImport) {
    const lines = ['id,domain,name,area'];
    for (let n = from + 1; n <= Math.min(count, from + linesPerImport); n += 1) {
      // Names of one length: then all packets of a load are of one length too.
      const name = `${prefix}-${String(n).padStart(5, '0')}`;
      lines.push(`${demo.community}/${name},${domain},${name},${areaIds[n % areaIds.length]}`);
    }
    logins.push(...(await importDevices(admin, lines.join('\n'), domain)));
  }
  if (logins.length !== count) throw new Error(`${logins.length} of ${count} devices were registered`);
  return logins.map((login, i) => ({ ...login, areaId: areaIds[(i + 1) % areaIds.length] }));
}

async function importDevices(admin, csv, domain) {
  const { credentials } = await importTable(admin, 'devices', csv);
  const [, ...rows] = credentials.csv.trim().split('\r\n');
  // Nothing here holds a comma: id, name, user name, secret.
  return rows.map((row) => row.split(',')).map(([id, , , secret]) => ({ id, domain, secret }));
}

async function importTable(admin, list, csv) {
  const response = await fetch(new URL(`/api/v1/imports/${list}`, admin.baseUrl), {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'text/csv', cookie: admin.cookie },
    body: csv,
    signal: AbortSignal.timeout(importLimitMs),
  });
  if (!response.ok) throw new Error(`import of ${list}: ${response.status} ${await response.text()}`);
  return importResultSchema.parse(await response.json());
}
