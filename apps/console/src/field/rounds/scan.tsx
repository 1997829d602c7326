import { type RoundDetail, roundDetailSchema } from '@sc/contracts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { serverNow } from '../../lib/site-time.js';
import { fieldDb } from '../outbox-db.js';
import { useOutbox } from '../outbox.js';
import { useRefusalText } from '../refusal.js';

/** The address in a code or tag: says that somebody is there, now, and leads to the round. */
export function FieldScanPage() {
  const { t } = useTranslation('rounds');
  const { code = '' } = useParams();
  const { submit, discard } = useOutbox();
  const navigate = useNavigate();
  const refusal = useRefusalText();
  const [said, setSaid] = useState<string>();
  const begun = useRef(false);

  useEffect(() => {
    // A code is read once, however often React looks at this page.
    if (begun.current) return;
    begun.current = true;
    const read = async () => {
      const known = await placeOf(code);
      const body = { token: code, at: new Date(serverNow()).toISOString() };
      const outcome = await submit({ kind: 'scan', body, ...known });
      if (typeof outcome === 'object' && 'refused' in outcome) {
        // Nothing is lost: the code is still on the wall.
        await discard(outcome.requestId);
        return setSaid(refusal(outcome.refused).reason);
      }
      const roundId = outcome === 'kept' ? known?.roundId : outcome.sent?.roundId;
      if (roundId) await navigate(`/field/rounds/${roundId}`, { replace: true });
      else setSaid(t('field.scanKept'));
    };
    void read();
  }, [code, discard, navigate, refusal, submit, t]);

  if (!said)
    return (
      <div className="plain" role="status">
        <span className="plain-spinner" aria-hidden />
        <p>{t('field.scanning')}</p>
      </div>
    );
  return (
    <div className="plain" role="alert">
      <h1>{said}</h1>
      <Link to="/field/rounds">{t('field.toRounds')}</Link>
    </div>
  );
}

/** Without a network: which of the rounds this phone has a copy of comes to the place. Needs a secure page, else nobody can say. */
async function placeOf(code: string): Promise<{ roundId: string; checkPointId: string } | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code)));
  const mark = [...hash.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const copies = await fieldDb.cache.where('key').startsWith('round/').toArray();
  const rounds = copies.flatMap(
    ({ value }): RoundDetail | RoundDetail[] => roundDetailSchema.safeParse(value).data ?? [],
  );
  const now = serverNow();
  for (const round of rounds) {
    const point = round.checkPoints.find(({ codeMark }) => codeMark === mark);
    if (point && Date.parse(round.dueAt) >= now) return { roundId: round.id, checkPointId: point.id };
  }
  return undefined;
}
