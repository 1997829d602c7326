import { type RoundPlanIssue, roundPlanIssues } from '@sc/contracts';
import { Alert, App, AutoComplete, Button, Form, Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { keys } from '../../api/keys.js';
import { asProblem } from '../../api/problem.js';
import { peopleQuery } from '../../api/queries.js';
import { roundsApi, teamsQuery } from '../../api/rounds.js';
import { AreaSelect } from '../../components/area-select.js';
import { Panel } from '../../components/page.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useMistakeText, useText } from '../../lib/use-words.js';
import { type PlanFields, planOf } from './plan-fields.js';
import { PlanPoints } from './plan-points.js';
import { PlanWhen } from './plan-when.js';
import { useKindsOfWork } from './use-kinds-of-work.js';

const who = ['grid', 'team', 'person'] as const;

export function PlanForm({ id, initial }: { id?: string; initial: Partial<PlanFields> }) {
  const { t } = useTranslation(['rounds', 'app']);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const text = useText();
  const { timeZone } = useSiteTime();
  const [form] = Form.useForm<PlanFields>();
  const chosen = Form.useWatch('who', form) ?? initial.who;
  const people = useQuery(peopleQuery).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const kinds = useKindsOfWork();
  const save = useMutation({
    mutationFn: (fields: PlanFields) => {
      const plan = planOf(fields, timeZone);
      return id ? roundsApi.updatePlan(id, plan) : roundsApi.createPlan(plan);
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.allRounds });
      void message.success(t('form.saved'));
      void navigate('/rounds?tab=plans');
    },
  });
  const required = { required: true, whitespace: true, message: t('form.required') };
  return (
    <Form
      form={form}
      className="plan-form stack"
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      initialValues={initial}
      onFinish={(fields) => save.mutate(fields)}
    >
      <Panel>
        <div className="plan-form-grid">
          <Form.Item name="zh" label={t('form.titleZh')} rules={[required]}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="en" label={t('form.titleEn')} rules={[required]}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="areaId" label={t('form.area')} rules={[required]}>
            <AreaSelect allowClear={false} width="100%" />
          </Form.Item>
          <Form.Item name="category" label={t('form.category')} extra={t('form.categoryHint')} rules={[required]}>
            <AutoComplete options={kinds} showSearch={{ filterOption: matches }} />
          </Form.Item>
          <Form.Item name="enabled" label={t('form.enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
      </Panel>
      <PlanWhen form={form} timeZone={timeZone} />
      <Panel title={t('form.who')}>
        <Form.Item name="who">
          <Segmented aria-label={t('form.who')} options={who.map((value) => ({ value, label: t(`who.${value}`) }))} />
        </Form.Item>
        {chosen === 'team' && (
          <Form.Item name="teamId" label={t('form.team')} rules={[required]}>
            <Select
              options={teams.filter(({ active }) => active).map((team) => ({ value: team.id, label: text(team.name) }))}
            />
          </Form.Item>
        )}
        {chosen === 'person' && (
          <Form.Item name="personId" label={t('form.person')} rules={[required]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={people
                .filter(({ role }) => role === 'officer')
                .map((one) => ({ value: one.id, label: one.name }))}
            />
          </Form.Item>
        )}
        <div className="plan-form-within">
          <Form.Item name="within" label={t('form.window')} rules={[{ required: true, message: t('form.required') }]}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
          <Form.Item name="unit" label=" ">
            <Select
              aria-label={t('form.window')}
              options={(['minutes', 'hours', 'days'] as const).map((value) => ({
                value,
                label: t(`form.windowUnit.${value}`),
              }))}
            />
          </Form.Item>
        </div>
      </Panel>
      <PlanPoints kinds={kinds} />
      {save.error && <PlanProblem error={save.error} />}
      <div>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('form.save')}
        </Button>
      </div>
    </Form>
  );
}

const matches = (typed: string, option?: { label: string; value: string }): boolean =>
  `${option?.label} ${option?.value}`.toLowerCase().includes(typed.toLowerCase());

/** Every mistake with its place and what to do about it. */
function PlanProblem({ error }: { error: unknown }) {
  const { t } = useTranslation(['rounds', 'app']);
  const mistakeText = useMistakeText();
  const problem = asProblem(error);
  if (problem.code !== 'invalid-round-plan') return <ProblemAlert error={error} />;
  const isIssue = (code: string): code is RoundPlanIssue => (roundPlanIssues as readonly string[]).includes(code);
  const placeOf = (path: string) => {
    const index = /^checkPoints\.(\d+)/.exec(path)?.[1];
    return index === undefined ? '' : `${t('form.point', { n: Number(index) + 1 })}: `;
  };
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={t('app:problem.invalid-round-plan')}
      description={
        <ul>
          {problem.errors.map((mistake) => (
            <li key={mistake.path + mistake.message}>
              {placeOf(mistake.path)}
              {isIssue(mistake.message) ? t(`issue.${mistake.message}`) : mistakeText(mistake)}
            </li>
          ))}
        </ul>
      }
    />
  );
}
