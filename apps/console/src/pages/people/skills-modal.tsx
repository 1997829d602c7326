import type { ListedStaff } from '@sc/contracts';
import { App, Modal, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryApi, skillsQuery } from '../../api/directory.js';
import { keys } from '../../api/keys.js';
import { FirstField } from '../../components/first-field.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';

export function SkillsModal({ person, onClose }: { person: ListedStaff; onClose: () => void }) {
  const { t } = useTranslation(['directory', 'app']);
  const { message } = App.useApp();
  const text = useText();
  const queries = useQueryClient();
  const known = useQuery(skillsQuery).data?.items ?? [];
  const [skills, setSkills] = useState(person.skills);
  const save = useMutation({
    mutationFn: () => directoryApi.setSkills(person.id, skills),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.people });
      void message.success(t('app:saved'));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={`${t('skills.of')} · ${person.name}`}
      okText={t('app:save')}
      cancelText={t('app:cancel')}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <FirstField className="stack">
        <Select
          mode="multiple"
          style={{ width: '100%' }}
          aria-label={t('skills.choose')}
          placeholder={t('skills.choose')}
          notFoundContent={t('skills.none')}
          value={skills}
          onChange={setSkills}
          options={known.map(({ slug, title }) => ({ value: slug, label: text(title) }))}
        />
        <span className="muted">{t('skills.noneText')}</span>
        {save.error && <ProblemAlert error={save.error} />}
      </FirstField>
    </Modal>
  );
}
