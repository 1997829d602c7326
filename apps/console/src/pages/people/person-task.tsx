import type { PersonCredentials, Staff } from '@sc/contracts';
import { App, Modal } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { ProblemAlert } from '../../components/query-state.js';

export type PersonTaskName = 'reset' | 'deactivate' | 'activate';

interface Props {
  task: PersonTaskName;
  person: Staff;
  onDone: (made?: PersonCredentials) => void;
}

/** What somebody does to the access of a person, asked once more before it is done. */
export function PersonTask({ task, person, onDone }: Props) {
  const { t } = useTranslation(['site', 'app']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: async () => {
      if (task === 'reset') return api.resetPassword(person.id);
      await api.updatePerson(person.id, { active: task === 'activate' });
      return undefined;
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: keys.people });
      if (!made) void message.success(t('app:saved'));
      onDone(made);
    },
  });
  return (
    <Modal
      open
      title={`${t(`people.${task}`)} · ${person.name}`}
      okText={t(`people.${task}`)}
      cancelText={t('app:cancel')}
      okButtonProps={{ loading: run.isPending, danger: task === 'deactivate' }}
      onOk={() => run.mutate()}
      onCancel={() => onDone()}
    >
      {task !== 'activate' && <p>{t(`people.${task}Text`, { name: person.name })}</p>}
      {run.error && <ProblemAlert error={run.error} />}
    </Modal>
  );
}
