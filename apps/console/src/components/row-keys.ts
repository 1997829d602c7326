import type { KeyboardEvent } from 'react';

/**
 * For a list whose rows lead somewhere by a link with `data-row`: arrow keys go from one to the next, Home and End to the ends. Enter is the
 * link's own.
 */
export function rowKeys(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row]')];
  const here = links.indexOf(event.target as HTMLElement);
  if (here < 0) return;
  const places: Record<string, number | undefined> = {
    ArrowDown: here + 1,
    ArrowUp: here - 1,
    Home: 0,
    End: links.length - 1,
  };
  const next = places[event.key];
  if (next === undefined) return;
  event.preventDefault();
  links[Math.min(links.length - 1, Math.max(0, next))]?.focus();
}
