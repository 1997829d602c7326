import type { Team } from '@sc/contracts';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';

interface Props {
  teams: readonly Team[];
  empty: ReactNode;
  /** Left out for who may not change a team. */
  onEdit: ((team: Team) => void) | undefined;
}

/** The list on a phone: what the table says, without pushing it aside. */
export function TeamCards({ teams, empty, onEdit }: Props) {
  const { t } = useTranslation('directory');
  const text = useText();
  const place = usePlace();
  if (teams.length === 0) return empty;
  return (
    <ul className="device-cards">
      {teams.map((team) => (
        <li key={team.id} className="device-card">
          <span className="device-card-line">
            <strong>{text(team.name)}</strong>
            <StateTag tone={team.active ? 'good' : 'quiet'}>
              {t(team.active ? 'teams.active' : 'teams.inactive')}
            </StateTag>
          </span>
          <span>
            {place(team.areaId)} · {t(team.contractor ? 'teams.contractor' : 'teams.own')}
          </span>
          <span className="muted">
            {team.members
              .map(({ id, name }) => (id === team.leadId ? `${name} (${t('teams.lead')})` : name))
              .join(' · ')}
          </span>
          {onEdit && (
            <Button size="small" onClick={() => onEdit(team)}>
              {t('teams.edit')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
