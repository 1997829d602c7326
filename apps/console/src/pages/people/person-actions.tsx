import { DownOutlined } from '@ant-design/icons';
import type { ListedStaff } from '@sc/contracts';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../app/session.js';
import type { PersonTaskName } from './person-task.js';

export interface OpenTask {
  task: 'edit' | 'skills' | 'addresses' | PersonTaskName;
  person: ListedStaff;
}

/** What may be done with a person, in a menu; nothing for who may not. */
export function PersonActions({ person, onOpen }: { person: ListedStaff; onOpen: (open: OpenTask) => void }) {
  const { t } = useTranslation(['site', 'directory']);
  const me = usePerson();
  const self = me.id === person.id;
  const admin = me.role === 'admin';
  if (!admin && person.role === 'admin') return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'edit', label: t('people.edit') },
          { key: 'skills', label: t('directory:skills.of') },
          ...(admin ? [{ key: 'addresses', label: t('directory:addresses.title') }] : []),
          { key: 'reset', label: t('people.reset') },
          ...(self
            ? []
            : [
                { type: 'divider' as const },
                person.active
                  ? { key: 'deactivate', label: t('people.deactivate'), danger: true }
                  : { key: 'activate', label: t('people.activate') },
              ]),
        ],
        onClick: ({ key }) => onOpen({ task: key as OpenTask['task'], person }),
      }}
    >
      <Button size="small" aria-label={`${t('people.actions')}: ${person.name}`}>
        {t('people.actions')} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
