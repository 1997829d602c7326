import type { ListedStaff } from '@sc/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../app/session.js';
import { StateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { type OpenTask, PersonActions } from './person-actions.js';

interface Props {
  people: readonly ListedStaff[];
  empty: ReactNode;
  skillName: (slug: string) => string;
  onOpen: (open: OpenTask) => void;
}

/** The list on a phone: what the table says, without pushing it aside. */
export function PersonCards({ people, empty, skillName, onOpen }: Props) {
  const { t } = useTranslation(['site', 'words']);
  const me = usePerson();
  const place = usePlace();
  if (people.length === 0) return empty;
  return (
    <ul className="device-cards">
      {people.map((person) => (
        <li key={person.id} className="device-card">
          <span className="device-card-line">
            <span>
              <strong>{person.name}</strong> <span className="muted">{person.login}</span>
              {person.id === me.id && <span className="muted"> · {t('people.you')}</span>}
            </span>
            <StateTag tone={person.active ? 'good' : 'quiet'}>
              {person.active ? t('people.active') : t('people.inactive')}
            </StateTag>
          </span>
          <span>
            {t(`words:role.${person.role}`)} · {place(person.areaId)}
          </span>
          {person.skills.length > 0 && <span className="muted">{person.skills.map(skillName).join(' · ')}</span>}
          <PersonActions person={person} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}
