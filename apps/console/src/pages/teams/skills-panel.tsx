import { type Skill, type SkillUse, skillUses } from '@sc/contracts';
import { Alert, Button, Popconfirm } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryApi, directoryKeys, skillsQuery } from '../../api/directory.js';
import { asProblem } from '../../api/problem.js';
import { useMay } from '../../app/session.js';
import { Panel } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';
import { SkillForm } from './skill-form.js';

/** What people of this site can be known for; kinds of work ask for the same words. */
export function SkillsPanel() {
  const { t } = useTranslation('directory');
  const query = useQuery(skillsQuery);
  const mayEdit = useMay('admin', 'manager');
  const [open, setOpen] = useState<Skill | 'new'>();
  return (
    <Panel
      title={t('skills.title')}
      extra={mayEdit && <Button onClick={() => setOpen('new')}>{t('skills.add')}</Button>}
    >
      <QueryState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Calm title={t('skills.none')} text={t('skills.noneText')} />
          ) : (
            <ul className="plain-list skill-list">
              {items.map((skill) => (
                <Line key={skill.slug} skill={skill} onEdit={mayEdit ? () => setOpen(skill) : undefined} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {open && <SkillForm skill={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}

function Line({ skill, onEdit }: { skill: Skill; onEdit?: (() => void) | undefined }) {
  const { t } = useTranslation(['directory', 'app']);
  const text = useText();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => directoryApi.removeSkill(skill.slug),
    onSuccess: () => queries.invalidateQueries({ queryKey: directoryKeys.skills }),
  });
  const name = text(skill.title);
  return (
    <li>
      <div className="skill-line">
        <span>
          <strong>{name}</strong> <code className="muted">{skill.slug}</code>
        </span>
        {onEdit && (
          <span className="row-wrap">
            <Button size="small" aria-label={`${t('skills.rename')}: ${name}`} onClick={onEdit}>
              {t('skills.rename')}
            </Button>
            <Popconfirm
              title={t('skills.removeText', { name })}
              okText={t('skills.remove')}
              cancelText={t('app:cancel')}
              okButtonProps={{ danger: true }}
              onConfirm={() => remove.mutate()}
            >
              <Button size="small" danger aria-label={`${t('skills.remove')}: ${name}`} loading={remove.isPending}>
                {t('skills.remove')}
              </Button>
            </Popconfirm>
          </span>
        )}
      </div>
      {remove.error && <Refusal error={remove.error} />}
    </li>
  );
}

/** Where it is still asked for: what has to change before it can go. */
function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation('directory');
  const { code, errors } = asProblem(error);
  if (code !== 'in-use') return <ProblemAlert error={error} />;
  const isUse = (path: string): path is SkillUse => skillUses.some((use) => use === path);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('skills.inUse')}
      description={
        <ul className="plain-list">
          {errors.map(
            ({ path, message }) =>
              isUse(path) && (
                <li key={path}>{t(`skills.usedBy.${path}`, { names: message, count: Number(message) })}</li>
              ),
          )}
        </ul>
      }
    />
  );
}
