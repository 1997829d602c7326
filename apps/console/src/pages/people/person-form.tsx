import { locales, newLoginSchema, roles, type CreatePerson, type PersonCredentials, type Staff } from '@sc/contracts';
import { App, Form, Input, Select } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormModal } from '../../components/form-modal.js';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';

const languages = { 'zh-CN': '中文', en: 'English' } as const;

/** Adds somebody, or changes who is there: the login stays, it is how people know themselves. */
export function PersonForm({ person, onDone }: { person?: Staff; onDone: (made?: PersonCredentials) => void }) {
  const { t } = useTranslation(['site', 'desk', 'words', 'app']);
  const { message } = App.useApp();
  const me = usePerson();
  const self = person?.id === me.id;
  const queries = useQueryClient();
  const [form] = Form.useForm<CreatePerson>();
  const save = useMutation({
    mutationFn: async ({ login, name, role, areaId, locale }: CreatePerson) => {
      const facts = { name: name.trim(), role, areaId, locale };
      if (!person) return api.createPerson({ login, ...facts });
      await api.updatePerson(person.id, self ? { name: facts.name, locale } : facts);
      return undefined;
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: keys.people });
      if (!made) void message.success(t('app:saved'));
      onDone(made);
    },
  });
  const required = { required: true, whitespace: true, message: t('desk:devices.required') };
  const loginRule = {
    validator: (_: unknown, value: unknown) =>
      !value || newLoginSchema.safeParse(value).success
        ? Promise.resolve()
        : Promise.reject(new Error(t('setup.problem.login'))),
  };
  return (
    <FormModal
      title={person ? `${t('people.edit')} · ${person.name}` : t('people.add')}
      okText={person ? t('app:save') : t('people.add')}
      form={form}
      initialValues={person ?? { role: 'officer', locale: me.locale }}
      save={save}
      onClose={() => onDone()}
    >
      <Form.Item name="name" label={t('people.name')} rules={[required]}>
        <Input maxLength={120} autoFocus />
      </Form.Item>
      <Form.Item name="login" label={t('people.login')} extra={t('setup.loginHint')} rules={[required, loginRule]}>
        <Input maxLength={64} autoCapitalize="none" spellCheck={false} disabled={person !== undefined} />
      </Form.Item>
      <Form.Item name="role" label={t('people.role')} rules={[required]}>
        <Select
          disabled={self}
          options={roles
            .filter((role) => role !== 'admin' || me.role === 'admin')
            .map((role) => ({ value: role, label: `${t(`words:role.${role}`)} · ${t(`people.roleText.${role}`)}` }))}
        />
      </Form.Item>
      <Form.Item name="areaId" label={t('people.area')} rules={[required]}>
        <AreaSelect allowClear={false} width="100%" disabled={self} />
      </Form.Item>
      <Form.Item name="locale" label={t('people.locale')} rules={[required]}>
        <Select options={locales.map((locale) => ({ value: locale, label: languages[locale] }))} />
      </Form.Item>
    </FormModal>
  );
}
