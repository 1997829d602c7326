import type { KnownCase } from '@sc/contracts';
import { useState } from 'react';
import { asRefused, type Refused } from './api.js';
import { Problem } from './parts.js';
import { useSettings } from './settings.js';

/** What is known already, to follow: above the form, and beside the category that was chosen in it. */
export function KnownList({ known, onFollow }: { known: KnownCase[]; onFollow: (one: KnownCase) => Promise<void> }) {
  const { w, text, time } = useSettings();
  const [busy, setBusy] = useState<string>();
  const [refused, setRefused] = useState<Refused>();
  const follow = (one: KnownCase) => {
    setBusy(one.id);
    setRefused(undefined);
    onFollow(one)
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(undefined));
  };
  return (
    <>
      <ul className="plain">
        {known.map((one) => (
          <li key={one.id} className="card">
            <strong>{text(one.title)}</strong>
            <div className="muted">
              {w.steps[one.step]} · {w.since} {time(one.since)}
              {!one.here && ` · ${w.near}`}
            </div>
            <button type="button" disabled={busy !== undefined} onClick={() => follow(one)}>
              {w.follow}
            </button>
          </li>
        ))}
      </ul>
      {refused && <Problem refused={refused} />}
    </>
  );
}
