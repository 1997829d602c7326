import type { Asked, CatalogueDetail, CatalogueEntry } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { knownSkillsQuery, knownTeamsQuery } from '../../api/catalogue.js';
import { domainsQuery } from '../../api/queries.js';
import { Facts } from '../../components/page.js';
import { SeverityBadge } from '../../components/severity-badge.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { EntryState } from './entry-state.js';
import { useLimit } from './use-limit.js';

export function EntryFacts({ entry, all }: { entry: CatalogueDetail; all: CatalogueEntry[] }) {
  const { t } = useTranslation(['catalogue', 'words']);
  const text = useText();
  const place = usePlace();
  const { format } = useSiteTime();
  const domains = useQuery(domainsQuery).data?.items;
  const parent = all.find(({ code }) => code === entry.parent);
  const { alarms, asked, proposal } = entry;
  const domain = domains?.find(({ name }) => name === alarms?.domain);
  return (
    <>
      <Facts
        items={[
          [t('stateLabel'), <EntryState state={entry.state} />],
          [t('code'), <code>{entry.code}</code>],
          [t('parent'), parent && <Link to={`/catalogue/${parent.code}`}>{text(parent.title)}</Link>],
          [t('area'), entry.areaId ? place(entry.areaId) : t('everywhere')],
          [t('origin.label'), t(`origin.${entry.origin}`)],
          [t('openOrders'), asked && String(entry.openOrders)],
          [
            t('alarms'),
            alarms &&
              `${domain ? text(domain.title) : alarms.domain} · ${alarms.severities.map((s) => t(`words:severity.${s}`)).join(' ')}`,
          ],
        ]}
      />
      {proposal && (
        <Facts
          items={[
            [t('proposedBy'), `${proposal.by?.name ?? ''} · ${format(proposal.at)}`],
            [t('reason'), proposal.reason],
            [
              t('decision'),
              proposal.decision &&
                [proposal.decision.by, format(proposal.decision.at), proposal.decision.note]
                  .filter(Boolean)
                  .join(' · '),
            ],
          ]}
        />
      )}
      {asked && <AskedFacts asked={asked} />}
    </>
  );
}

function AskedFacts({ asked }: { asked: Asked }) {
  const { t } = useTranslation(['catalogue', 'words']);
  const text = useText();
  const limit = useLimit();
  const skills = useQuery(knownSkillsQuery).data?.items;
  const team = useQuery(knownTeamsQuery).data?.items.find(({ id }) => id === asked.teamId);
  const skillName = (slug: string) => {
    const known = skills?.find((skill) => skill.slug === slug);
    return known ? text(known.title) : slug;
  };
  return (
    <>
      <Facts
        items={[
          [t('severity'), <SeverityBadge severity={asked.severity} />],
          [t('accept'), limit(asked.limits.accept)],
          [t('handle'), limit(asked.limits.handle)],
          [t('verify'), limit(asked.limits.verify)],
          [t('skills'), asked.skills.map(skillName).join(' · ')],
          [t('team'), asked.teamId && (team ? text(team.name) : asked.teamId)],
          [t('proof.label'), t(`proof.${asked.proof}`)],
          [t('verifier.label'), t(`verifier.${asked.verifier}`)],
          [t('sensorMinutes.label'), asked.sensorMinutes && t('sensorMinutes.value', { n: asked.sensorMinutes })],
          [t('residents.label'), t(asked.residents ? 'residents.yes' : 'residents.no')],
        ]}
      />
      <div>
        <strong>{t('instructions')}</strong>
        <p className="catalogue-text">{text(asked.instructions)}</p>
      </div>
      {asked.checklist.length > 0 && (
        <div>
          <strong>{t('checklist')}</strong>
          <ul className="catalogue-checklist">
            {asked.checklist.map((line) => (
              <li key={line.key}>
                {text(line.title)}{' '}
                <span className="muted">
                  {[
                    t(`line.${line.kind}`),
                    line.kind === 'number' ? line.unit : '',
                    line.kind === 'number' && (line.min !== undefined || line.max !== undefined)
                      ? `${line.min ?? ''} – ${line.max ?? ''}`
                      : '',
                    line.required ? t('line.required') : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
