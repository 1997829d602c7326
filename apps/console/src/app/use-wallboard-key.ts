import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useMay } from './session.js';

/** Where a key is meant for what is there. */
const elsewhere = 'input, textarea, select, dialog, [contenteditable], [role=dialog], [role=menu], [role=listbox]';

/** `w` opens the wallboard from every page of the desk. */
export function useWallboardKey(): void {
  const navigate = useNavigate();
  const may = useMay('admin', 'operator', 'manager');
  useEffect(() => {
    if (!may) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'w' || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest(elsewhere)) return;
      void navigate('/wallboard');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, may]);
}
