import { proofs, severities, verifiers } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { knownSkillsQuery, knownTeamsQuery } from '../../api/catalogue.js';
import { domainsQuery } from '../../api/queries.js';
import { useText } from '../../lib/use-words.js';
import { ChecklistEditor } from './checklist-editor.js';
import { LimitField } from './limit-field.js';

/** What a kind of work asks for, and which alarms ask for it. */
export function ItemFields() {
  const { t } = useTranslation(['catalogue', 'words']);
  const text = useText();
  const skills = useQuery(knownSkillsQuery).data?.items ?? [];
  const teams = useQuery(knownTeamsQuery).data?.items.filter(({ active }) => active) ?? [];
  const domains = useQuery(domainsQuery).data?.items ?? [];
  const required = { required: true, message: t('required') };
  const severityOptions = severities.map((one) => ({ value: one, label: t(`words:severity.${one}`) }));
  return (
    <>
      <div className="catalogue-pair">
        <Form.Item name={['asked', 'instructions', 'zh-CN']} label={t('instructionsZh')} rules={[required]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        <Form.Item name={['asked', 'instructions', 'en']} label={t('instructionsEn')} rules={[required]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </div>
      <h3>{t('limits')}</h3>
      <div className="catalogue-three">
        <Form.Item name={['asked', 'limits', 'accept']} label={t('accept')} rules={[required]}>
          <LimitField label={t('accept')} />
        </Form.Item>
        <Form.Item name={['asked', 'limits', 'handle']} label={t('handle')}>
          <LimitField label={t('handle')} />
        </Form.Item>
        <Form.Item name={['asked', 'limits', 'verify']} label={t('verify')}>
          <LimitField label={t('verify')} />
        </Form.Item>
      </div>
      <h3>{t('who')}</h3>
      <div className="catalogue-pair">
        <Form.Item name={['asked', 'severity']} label={t('severity')} extra={t('severityHint')}>
          <Select options={severityOptions} />
        </Form.Item>
        <Form.Item name={['asked', 'verifier']} label={t('verifier.label')}>
          <Select options={verifiers.map((one) => ({ value: one, label: t(`verifier.${one}`) }))} />
        </Form.Item>
        <Form.Item name={['asked', 'skills']} label={t('skills')} extra={t('skillsHint')}>
          <Select
            mode="multiple"
            maxCount={10}
            options={skills.map(({ slug, title }) => ({ value: slug, label: text(title) }))}
          />
        </Form.Item>
        <Form.Item name={['asked', 'teamId']} label={t('team')} extra={t('teamHint')}>
          <Select
            allowClear
            placeholder={t('noTeam')}
            options={teams.map(({ id, name }) => ({ value: id, label: text(name) }))}
          />
        </Form.Item>
        <Form.Item name={['asked', 'proof']} label={t('proof.label')}>
          <Select options={proofs.map((one) => ({ value: one, label: t(`proof.${one}`) }))} />
        </Form.Item>
        <Form.Item name={['asked', 'sensorMinutes']} label={t('sensorMinutes.label')} extra={t('sensorMinutes.hint')}>
          <InputNumber min={1} max={24 * 60} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name={['asked', 'residents']}
          label={t('residents.label')}
          extra={t('residents.hint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      </div>
      <h3>{t('checklist')}</h3>
      <ChecklistEditor name={['asked', 'checklist']} />
      <h3>{t('alarms')}</h3>
      <div className="catalogue-pair">
        <Form.Item name="domain" label={t('domain')} extra={t('alarmsHint')}>
          <Select
            allowClear
            placeholder={t('noAlarms')}
            options={domains.map(({ name, title }) => ({ value: name, label: text(title) }))}
          />
        </Form.Item>
        <Form.Item name="severities" label={t('alarmSeverities')}>
          <Select mode="multiple" options={severityOptions} />
        </Form.Item>
      </div>
    </>
  );
}
