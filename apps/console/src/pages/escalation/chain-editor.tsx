import { chainAudiences, type ChainIssue, chainIssues, type ChainStep, type EscalationChain } from '@sc/contracts';
import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, InputNumber, Modal, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { escalationApi, escalationKey } from '../../api/escalation.js';
import { peopleQuery, useAreas } from '../../api/queries.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';

const mostSteps = 8;
const asStep = ({ who, personId, waitMinutes, times }: EscalationChain['steps'][number]): ChainStep => ({
  who,
  personId,
  waitMinutes,
  times,
});

/** Steps one after the other; what is wrong is said beside its step, and nothing wrong is sent. */
export function ChainEditor({
  areaId,
  chain,
  onClose,
}: {
  areaId: string;
  chain: EscalationChain;
  onClose: () => void;
}) {
  const { t } = useTranslation(['assignment', 'app', 'words']);
  const { message } = App.useApp();
  const text = useText();
  const queries = useQueryClient();
  const area = useAreas().find(({ id }) => id === areaId);
  const [steps, setSteps] = useState<ChainStep[]>(chain.steps.map(asStep));
  const issues = chainIssues(chain.severity, steps);
  const save = useMutation({
    mutationFn: () => escalationApi.set(areaId, chain.severity, steps),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: escalationKey });
      void message.success(t('chains.saved'));
      onClose();
    },
  });
  const change = (index: number, part: Partial<ChainStep>) =>
    setSteps(steps.map((step, at) => (at === index ? { ...step, ...part } : step)));
  const up = (index: number) => setSteps(steps.with(index - 1, steps[index]!).with(index, steps[index - 1]!));
  /** The managers where they are missing, else somebody new before them. */
  const add = () => {
    const hasManagers = steps.some(({ who }) => who === 'managers');
    const isNew = (who: ChainStep['who']) => who !== 'person' && !steps.some((step) => step.who === who);
    const who = hasManagers ? (chainAudiences.find(isNew) ?? 'person') : 'managers';
    const at = hasManagers && steps.at(-1)?.who === 'managers' ? steps.length - 1 : steps.length;
    setSteps(steps.toSpliced(at, 0, { who, personId: null, waitMinutes: null, times: null }));
  };
  const severity = t(`words:severity.${chain.severity}`);
  return (
    <Modal
      open
      title={t('chains.editTitle', { severity, place: area ? text(area.name) : areaId })}
      okText={t('chains.save')}
      cancelText={t('app:cancel')}
      okButtonProps={{ loading: save.isPending, disabled: issues.length > 0 || steps.length === 0 }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <ol className="chain-edit">
        {steps.map((step, index) => (
          <StepFields
            key={index}
            number={index + 1}
            step={step}
            isLast={index === steps.length - 1}
            issues={issues.filter(({ path }) => path.startsWith(`steps.${index}.`))}
            onChange={(part) => change(index, part)}
            onUp={index > 0 ? () => up(index) : undefined}
            onRemove={steps.length > 1 ? () => setSteps(steps.toSpliced(index, 1)) : undefined}
          />
        ))}
      </ol>
      <Button icon={<PlusOutlined />} onClick={add} disabled={steps.length >= mostSteps}>
        {t('chains.add')}
      </Button>
      {save.error && <ProblemAlert error={save.error} />}
    </Modal>
  );
}

interface StepProps {
  number: number;
  step: ChainStep;
  isLast: boolean;
  issues: readonly ChainIssue[];
  onChange: (part: Partial<ChainStep>) => void;
  onUp: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}

function StepFields({ number, step, isLast, issues, onChange, onUp, onRemove }: StepProps) {
  const { t } = useTranslation('assignment');
  const people = useQuery(peopleQuery).data?.items ?? [];
  const isForever = isLast && step.who === 'managers';
  return (
    <li>
      <div className="chain-edit-head">
        <strong>{t('chains.step', { number })}</strong>
        <span>
          {onUp && (
            <Button type="text" icon={<ArrowUpOutlined />} aria-label={t('chains.up', { number })} onClick={onUp} />
          )}
          {onRemove && (
            <Button
              type="text"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('chains.remove', { number })}
              onClick={onRemove}
            />
          )}
        </span>
      </div>
      <label>
        <span>{t('chains.askWho')}</span>
        <Select
          value={step.who}
          options={chainAudiences.map((who) => ({ value: who, label: t(`who.${who}`) }))}
          onChange={(who: ChainStep['who']) => onChange({ who, personId: null })}
        />
      </label>
      {step.who === 'person' && (
        <label>
          <span>{t('chains.person')}</span>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            value={step.personId}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(personId: string) => onChange({ personId })}
          />
        </label>
      )}
      <div className="chain-edit-row">
        <label>
          <span>{t('chains.wait')}</span>
          <InputNumber
            min={1}
            max={1440}
            precision={0}
            value={step.waitMinutes}
            placeholder={t('chains.waitDefault')}
            onChange={(waitMinutes) => onChange({ waitMinutes })}
          />
        </label>
        <label>
          <span>{t('chains.times')}</span>
          <InputNumber
            min={1}
            max={20}
            precision={0}
            disabled={isForever}
            value={isForever ? null : step.times}
            placeholder={t(isForever ? 'chains.timesForever' : 'chains.timesAll')}
            onChange={(times) => onChange({ times })}
          />
        </label>
      </div>
      {issues.map(({ code, params }) => (
        <div key={code} role="alert" className="chain-issue">
          {t(`issue.${code}`, params)}
        </div>
      ))}
    </li>
  );
}
