import type { Skill } from '@sc/contracts';
import { Button, Form, Input, Tag } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { directoryApi, directoryKeys, skillsQuery } from '../../api/directory.js';
import { useMay } from '../../app/session.js';
import { Panel } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import { useText } from '../../lib/use-words.js';
import { slugRule } from '../devices/slug-rule.js';

/** What people of this site can be known for; kinds of work ask for the same words. */
export function SkillsPanel() {
  const { t } = useTranslation('directory');
  const query = useQuery(skillsQuery);
  const text = useText();
  const mayEdit = useMay('admin', 'manager');
  return (
    <Panel title={t('skills.title')}>
      <div className="stack">
        <QueryState query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Calm title={t('skills.none')} text={t('skills.noneText')} />
            ) : (
              <div className="row-wrap">
                {items.map(({ slug, title }) => (
                  <Tag key={slug}>
                    {text(title)} <code>{slug}</code>
                  </Tag>
                ))}
              </div>
            )
          }
        </QueryState>
        {mayEdit && <AddSkill />}
      </div>
    </Panel>
  );
}

function AddSkill() {
  const { t } = useTranslation(['directory', 'desk']);
  const queries = useQueryClient();
  const [form] = Form.useForm<{ slug: string; zh: string; en: string }>();
  const add = useMutation({
    mutationFn: (skill: Skill) => directoryApi.addSkill(skill),
    onSuccess: () => {
      form.resetFields();
      return queries.invalidateQueries({ queryKey: directoryKeys.skills });
    },
  });
  const required = { required: true, whitespace: true, message: t('desk:devices.required') };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ slug, zh, en }) => add.mutate({ slug, title: { 'zh-CN': zh.trim(), en: en.trim() } })}
    >
      <div className="field-row">
        <Form.Item
          name="slug"
          label={t('skills.slug')}
          rules={[required, { validator: slugRule(t('desk:devices.slugHint')) }]}
        >
          <Input maxLength={64} autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="zh" label={t('skills.nameZh')} rules={[required]}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="en" label={t('skills.nameEn')} rules={[required]}>
          <Input maxLength={500} />
        </Form.Item>
      </div>
      {add.error && <ProblemAlert error={add.error} />}
      <Button htmlType="submit" loading={add.isPending}>
        {t('skills.add')}
      </Button>
    </Form>
  );
}
