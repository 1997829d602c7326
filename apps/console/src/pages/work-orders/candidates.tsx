import type { Candidate } from '@sc/contracts';
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';

/** So many are shown at once: who follows after them is seldom asked for. */
const shownFirst = 5;

/** Why this person was asked and the others were not: each with the comparison that decided and the facts it rests on. */
export function WhyThisPerson({ candidates }: { candidates: readonly Candidate[] }) {
  const { t } = useTranslation(['assignment', 'desk']);
  const [all, setAll] = useState(false);
  const [first] = candidates;
  if (!first) return <span className="muted">{t('desk:workOrders.noCandidates')}</span>;
  const shown = all ? candidates : candidates.slice(0, shownFirst);
  const hidden = candidates.length - shown.length;
  return (
    <div className="stack">
      <div className="muted">
        {t('why.attempt', { level: first.level + 1 })}
        {first.chosen && first.facts && ` · ${t('why.step', { who: t(`who.${first.facts.who}`) })}`}
      </div>
      {!first.chosen && (
        <div role="status">
          <strong>{t('why.nobody')}</strong>
          <div className="muted">{t('why.nobodyText')}</div>
        </div>
      )}
      <ul className="mini-list">
        {shown.map((candidate) => (
          <Considered key={candidate.personId} candidate={candidate} />
        ))}
      </ul>
      {hidden > 0 && (
        <Button type="link" onClick={() => setAll(true)}>
          {t('why.others', { count: hidden })}
        </Button>
      )}
      <div className="muted">{t('why.order')}</div>
    </div>
  );
}

function Considered({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation(['assignment', 'words']);
  const facts = useFacts()(candidate);
  return (
    <li>
      <span className="grow">
        <strong>{candidate.personName}</strong> {candidate.chosen && <StateTag tone="busy">{t('why.chosen')}</StateTag>}
        {!candidate.chosen && candidate.facts?.called && <StateTag tone="warm">{t('why.called')}</StateTag>}
        <div>{t(`words:candidateReason.${candidate.reason}`)}</div>
        <div className="muted">{facts.join(' · ')}</div>
      </span>
    </li>
  );
}

/** Those who do not go themselves: where they are is no matter. */
const isAbove: ReadonlySet<string> = new Set(['manager', 'operator']);

/** What is not known is said to be that where it could have decided. */
function useFacts(): (candidate: Candidate) => string[] {
  const { t } = useTranslation('assignment');
  const { format } = useSiteTime();
  return ({ facts, openOrders }) => {
    const orders = t('why.orders', { count: openOrders });
    if (!facts) return [orders];
    const given = t('why.given', { count: facts.givenInShift });
    return [
      t(`tier.${facts.tier}`),
      ...(facts.missingSkills.length ? [t('why.missing', { skills: facts.missingSkills.join(', ') })] : []),
      t('why.load', { load: facts.load }),
      orders,
      ...(isAbove.has(facts.tier)
        ? []
        : [facts.distanceM === null ? t('why.distanceUnknown') : t('why.distance', { metres: facts.distanceM })]),
      facts.lastGivenAt ? `${given} (${t('why.lastGiven', { time: format(facts.lastGivenAt, 'time') })})` : given,
    ];
  };
}
