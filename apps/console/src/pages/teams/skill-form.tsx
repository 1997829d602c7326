import type { Skill } from '@sc/contracts';
import { App, Form, Input } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { directoryApi, directoryKeys } from '../../api/directory.js';
import { FormModal } from '../../components/form-modal.js';
import { slugRule } from '../devices/slug-rule.js';

interface Fields {
  slug: string;
  zh: string;
  en: string;
}

/** A new skill, or other names of one: the short name stays, kinds of work and tables speak of it. */
export function SkillForm({ skill, onClose }: { skill: Skill | undefined; onClose: () => void }) {
  const { t } = useTranslation(['directory', 'desk', 'app']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useMutation({
    mutationFn: ({ slug, zh, en }: Fields) => {
      const title = { 'zh-CN': zh.trim(), en: en.trim() };
      return skill ? directoryApi.renameSkill(skill.slug, title) : directoryApi.addSkill({ slug, title });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: directoryKeys.skills });
      void message.success(t('app:saved'));
      onClose();
    },
  });
  const required = { required: true, whitespace: true, message: t('desk:devices.required') };
  return (
    <FormModal
      title={t(skill ? 'skills.rename' : 'skills.add')}
      form={form}
      initialValues={skill ? { slug: skill.slug, zh: skill.title['zh-CN'], en: skill.title.en } : {}}
      save={save}
      onClose={onClose}
    >
      <Form.Item name="zh" label={t('skills.nameZh')} rules={[required]}>
        <Input maxLength={500} autoFocus />
      </Form.Item>
      <Form.Item name="en" label={t('skills.nameEn')} rules={[required]}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item
        name="slug"
        label={t('skills.slug')}
        extra={t(skill ? 'skills.slugStays' : 'desk:devices.slugHint')}
        rules={[required, { validator: slugRule(t('desk:devices.slugHint')) }]}
      >
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} disabled={skill !== undefined} />
      </Form.Item>
    </FormModal>
  );
}
