/** What this phone keeps by itself. Private windows may refuse: then it is simply not kept. */
export function read(key: string, store: 'tab' | 'phone' = 'phone'): string | null {
  try {
    return (store === 'tab' ? sessionStorage : localStorage).getItem(key);
  } catch {
    return null;
  }
}

/** `null` forgets it. */
export function write(key: string, value: string | null, store: 'tab' | 'phone' = 'phone'): void {
  try {
    const kept = store === 'tab' ? sessionStorage : localStorage;
    if (value === null) kept.removeItem(key);
    else kept.setItem(key, value);
  } catch {
    // Without it the page works, and remembers nothing.
  }
}

/** The case of which a file was refused for good: its page says so. */
export const lostFiles = 'sc.resident.lost';

interface OwnCase {
  token: string;
  number: string;
  title: string;
}
const own = 'sc.resident.cases';
const mostOwn = 20;

/** Links that were made on this phone, the newest first: whoever has the phone may open them, or forget them. */
export function ownCases(): OwnCase[] {
  try {
    const parsed: unknown = JSON.parse(read(own) ?? '[]');
    return Array.isArray(parsed) ? parsed.filter(isOwnCase) : [];
  } catch {
    return [];
  }
}
const isOwnCase = (value: unknown): value is OwnCase =>
  typeof value === 'object' && value !== null && typeof (value as OwnCase).token === 'string';

export function keepCase(one: OwnCase): void {
  const others = ownCases().filter(({ token }) => token !== one.token);
  write(own, JSON.stringify([one, ...others].slice(0, mostOwn)));
}
export const forgetCases = (): void => write(own, null);

/** 128 random bits; `getRandomValues` works without HTTPS too. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
export const newRequestId = (): string => newToken();

export const casePath = (token: string): string => `/r/case#${token}`;
