/** `{{name}}` and nothing else: a template is data. */
const placeholder = /\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/g;

export type Values = Readonly<Record<string, string>>;
export type Escape = (value: string) => string;

/** How a value is written so that it stays a value where it stands. */
export const escapes = {
  /** In a string of JSON: the quotes around it are the template's. */
  json: (value: string) => JSON.stringify(value).slice(1, -1),
  url: (value: string) =>
    encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
  /** A header has one line of printable signs; others are left out. */
  header: (value: string) => value.replace(/[^\x20-\x7e]/g, ''),
  none: (value: string) => value,
} satisfies Record<string, Escape>;

/** Puts the values in. A placeholder that nobody knows stays out. */
export const fillIn = (template: string, values: Values, escape: Escape): string =>
  template.replace(placeholder, (_, name: string) => (Object.hasOwn(values, name) ? escape(values[name]!) : ''));

/** The value at a JSON pointer (RFC 6901) as text; undefined where there is none. */
export function valueAt(document: unknown, pointer: string): string | undefined {
  let value = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value === null || typeof value === 'object' || value === undefined ? undefined : String(value);
}
