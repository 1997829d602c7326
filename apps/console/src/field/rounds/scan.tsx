import { type RoundDetail, roundDetailSchema } from '@sc/contracts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { roundsApi } from '../../api/rounds.js';
import { usePerson } from '../../app/session.js';
import { asProblem } from '../../api/problem.js';
import { serverNow } from '../../lib/site-time.js';
import { newRequestId } from '../../lib/request-id.js';
import { useProblemText } from '../../lib/use-words.js';
import { fieldDb } from '../outbox-db.js';
import { useRoundActs } from './acts.js';

/** The address in a code or tag: says that somebody is there, now, and leads to the round. */
export function FieldScanPage() {
  const { t } = useTranslation('rounds');
  const { code = '' } = useParams();
  const me = usePerson().id;
  const acts = useRoundActs();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const [outcome, setOutcome] = useState<{ problem: unknown } | 'kept'>();
  const begun = useRef(false);

  useEffect(() => {
    // A code is read once, however often React looks at this page.
    if (begun.current) return;
    begun.current = true;
    const requestId = newRequestId();
    const body = { requestId, token: code, at: new Date(serverNow()).toISOString() };
    const keep = async () => {
      const known = await placeOf(code);
      await acts.submit({
        kind: 'scan',
        requestId,
        personId: me,
        createdAt: Date.now(),
        state: 'waiting',
        body,
        ...known,
      });
      if (known) await navigate(`/field/rounds/${known.roundId}`, { replace: true });
      else setOutcome('kept');
    };
    roundsApi.scan(body).then(
      ({ roundId }) => void navigate(`/field/rounds/${roundId}`, { replace: true }),
      (problem: unknown) => void (asProblem(problem).mayHeal ? keep() : setOutcome({ problem })),
    );
  }, [acts, code, me, navigate]);

  if (!outcome)
    return (
      <div className="plain" role="status">
        <span className="plain-spinner" aria-hidden />
        <p>{t('field.scanning')}</p>
      </div>
    );
  return (
    <div className="plain" role="alert">
      <h1>{outcome === 'kept' ? t('field.scanKept') : problemText(outcome.problem).title}</h1>
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
