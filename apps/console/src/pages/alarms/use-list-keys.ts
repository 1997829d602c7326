import { useEffect, useEffectEvent } from 'react';

/** Keys of the list and what they do; arrows and Enter only while a row has the focus, where they mean nothing else. */
const commands = {
  j: 'next',
  k: 'previous',
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Enter: 'open',
  a: 'acknowledge',
  x: 'select',
  c: 'comment',
  g: 'assign',
  s: 'shelve',
  n: 'fresh',
  '?': 'help',
} as const;
export type ListCommand = (typeof commands)[keyof typeof commands];

const onRowsOnly = new Set(['Enter', 'ArrowDown', 'ArrowUp']);
/** Keys pressed there are meant for what is there. */
const elsewhere = 'input, textarea, select, dialog, [role=dialog], [role=menu], [role=listbox], .ant-popover';

/** @param act answers whether the command meant something; then the browser does nothing of its own. */
export function useListKeys(act: (command: ListCommand) => boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const command = commands[event.key as keyof typeof commands] as ListCommand | undefined;
    if (!command || event.ctrlKey || event.metaKey || event.altKey || target.closest(elsewhere)) return;
    if (onRowsOnly.has(event.key) && !target.matches('[data-alarm]')) return;
    if (act(command)) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
