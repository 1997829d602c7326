import type { Team } from '@sc/contracts';
import { App, Checkbox, Form, Input, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormModal } from '../../components/form-modal.js';
import { directoryApi, directoryKeys } from '../../api/directory.js';
import { peopleQuery } from '../../api/queries.js';
import { AreaSelect } from '../../components/area-select.js';

interface Fields {
  zh: string;
  en: string;
  areaId: string;
  contractor: boolean;
  memberIds: string[];
  leadId?: string | null;
  active: boolean;
}

export function TeamForm({ team, onClose }: { team: Team | undefined; onClose: () => void }) {
  const { t } = useTranslation(['directory', 'app', 'desk']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const [form] = Form.useForm<Fields>();
  const memberIds = Form.useWatch('memberIds', form) ?? [];
  const known = new Map([...(team?.members ?? []), ...people].map(({ id, name }) => [id, name]));
  const options = [...known].map(([value, label]) => ({ value, label }));
  const save = useMutation({
    mutationFn: ({ zh, en, active, leadId, ...rest }: Fields) => {
      const lead = leadId && rest.memberIds.includes(leadId) ? leadId : null;
      const facts = { ...rest, name: { 'zh-CN': zh.trim(), en: en.trim() }, leadId: lead };
      return team ? directoryApi.updateTeam(team.id, { ...facts, active }) : directoryApi.createTeam(facts);
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: directoryKeys.teams });
      void message.success(t('app:saved'));
      onClose();
    },
  });
  const required = { required: true, whitespace: true, message: t('desk:devices.required') };
  return (
    <FormModal
      title={t(team ? 'teams.edit' : 'teams.add')}
      form={form}
      initialValues={
        team
          ? { ...team, zh: team.name['zh-CN'], en: team.name.en, memberIds: team.members.map(({ id }) => id) }
          : { contractor: false, memberIds: [], active: true }
      }
      save={save}
      onClose={onClose}
    >
      <Form.Item name="zh" label={t('skills.nameZh')} rules={[required]}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="en" label={t('skills.nameEn')} rules={[required]}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item
        name="areaId"
        label={t('teams.area')}
        rules={[{ required: true, message: t('desk:devices.required') }]}
      >
        <AreaSelect allowClear={false} width="100%" />
      </Form.Item>
      <Form.Item name="memberIds" label={t('teams.members')}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
      <Form.Item name="leadId" label={t('teams.lead')}>
        <Select allowClear options={options.filter(({ value }) => memberIds.includes(value))} />
      </Form.Item>
      <Form.Item name="contractor" valuePropName="checked">
        <Checkbox>{t('teams.contractor')}</Checkbox>
      </Form.Item>
      {team && (
        <Form.Item name="active" valuePropName="checked">
          <Checkbox>{t('teams.active')}</Checkbox>
        </Form.Item>
      )}
    </FormModal>
  );
}
