import { askedSchema, type ChecklistItem } from '@sc/contracts';

/** One thing a line: `key | kind | required | Chinese | English`, of a number also `| unit | least | most`. `\|`, `\\` and `\n` mean themselves. */
export const writeChecklist = (checklist: readonly ChecklistItem[]): string => checklist.map(lineOf).join('\n');

/** `undefined` for what is no checklist. */
export function readChecklist(cell: string): ChecklistItem[] | undefined {
  const lines = cell.split(/\r?\n/).filter((line) => line.trim() !== '');
  const parsed = askedSchema.shape.checklist.safeParse(lines.map(readLine));
  return parsed.success ? parsed.data : undefined;
}

function lineOf(item: ChecklistItem): string {
  const { key, kind, title, required } = item;
  const common = [key, kind, required ? 'required' : 'optional', title['zh-CN'], title.en];
  const range = item.kind === 'number' ? [item.unit, item.min ?? '', item.max ?? ''] : [];
  return [...common, ...range].map((field) => escaped(String(field))).join(' | ');
}

function readLine(line: string): unknown {
  const [key, kind, needed, zh, en, ...more] = fieldsOf(line);
  const [unit = '', min, max] = more;
  if (more.length > (kind === 'number' ? 3 : 0) || (needed !== 'required' && needed !== 'optional')) return undefined;
  const range = kind === 'number' ? { unit, ...bound('min', min), ...bound('max', max) } : {};
  return { key, kind, title: { 'zh-CN': zh, en }, required: needed === 'required', ...range };
}

const bound = (name: 'min' | 'max', field: string | undefined) => (field ? { [name]: Number(field) } : {});

const signs: Record<string, string> = { '\\': '\\\\', '|': '\\|', '\n': '\\n', '\r': '\\r' };
const escaped = (field: string): string => field.replace(/[\\|\n\r]/g, (sign) => signs[sign]!);

/** Parts between the bars that stand alone. */
function fieldsOf(line: string): string[] {
  const parts = line.match(/(?:\\.|[^\\|])+|\|/g) ?? [];
  const fields = [''];
  for (const part of parts) {
    if (part === '|') fields.push('');
    else fields[fields.length - 1] += part;
  }
  return fields.map((field) => unescaped(field.trim()));
}

const unescaped = (field: string): string =>
  field.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign === 'r' ? '\r' : sign));
