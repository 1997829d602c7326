import { DownOutlined } from '@ant-design/icons';
import type { ListedStaff, PersonCredentials } from '@sc/contracts';
import { Button, Checkbox, Dropdown, Input, Table, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { skillsQuery } from '../../api/directory.js';
import { staffQuery } from '../../api/queries.js';
import { usePerson } from '../../app/session.js';
import { ImportButton } from '../../components/import/import-button.js';
import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { AddressesModal } from './addresses-modal.js';
import { PasswordModal } from './password-modal.js';
import { PersonForm } from './person-form.js';
import { SkillsModal } from './skills-modal.js';
import { PersonTask, type PersonTaskName } from './person-task.js';

type Open = { task: 'add' } | { task: 'edit' | 'skills' | 'addresses' | PersonTaskName; person: ListedStaff };

export function PeoplePage() {
  const { t } = useTranslation(['site', 'words', 'app', 'directory']);
  const me = usePerson();
  const place = usePlace();
  const query = useQuery(staffQuery);
  const text = useText();
  const skills = useQuery(skillsQuery).data?.items ?? [];
  const skillName = (slug: string) =>
    text(skills.find((skill) => skill.slug === slug)?.title ?? { 'zh-CN': slug, en: slug });
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<Open>();
  const [credentials, setCredentials] = useState<PersonCredentials>();
  const close = (made?: PersonCredentials) => {
    setOpen(undefined);
    setCredentials(made);
  };
  const matches = ({ name, login, active }: ListedStaff) =>
    (all || active) && `${name} ${login}`.toLowerCase().includes(search.toLowerCase());
  return (
    <Page
      title={t('people.title')}
      extra={
        <>
          <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
            {t('people.showAll')}
          </Checkbox>
          <Input.Search
            aria-label={t('people.search')}
            placeholder={t('people.search')}
            style={{ width: 200 }}
            maxLength={120}
            allowClear
            onChange={(event) => setSearch(event.target.value.trim())}
          />
          <ImportButton kind="people" />
          <Button type="primary" onClick={() => setOpen({ task: 'add' })}>
            {t('people.add')}
          </Button>
        </>
      }
    >
      <QueryState query={query}>
        {(data) => (
          <div className="panel">
            <Table
              size="small"
              rowKey="id"
              scroll={{ x: 1040 }}
              pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              dataSource={data.items.filter(matches)}
              locale={{ emptyText: <Calm title={search ? t('people.noneFound') : t('people.empty')} /> }}
              columns={[
                {
                  title: t('people.name'),
                  ellipsis: true,
                  render: (_, p) => (
                    <>
                      <strong>{p.name}</strong>
                      {p.id === me.id && <span className="muted"> · {t('people.you')}</span>}
                      <div className="alarm-sub">{p.login}</div>
                    </>
                  ),
                },
                { title: t('people.role'), width: 150, render: (_, p) => t(`words:role.${p.role}`) },
                { title: t('people.area'), width: 240, ellipsis: true, render: (_, p) => place(p.areaId) },
                {
                  title: t('directory:skills.of'),
                  width: 170,
                  render: (_, p) => p.skills.map((slug) => <Tag key={slug}>{skillName(slug)}</Tag>),
                },
                {
                  title: t('people.state'),
                  width: 140,
                  render: (_, p) => (
                    <StateTag tone={p.active ? 'good' : 'quiet'}>
                      {p.active ? t('people.active') : t('people.inactive')}
                    </StateTag>
                  ),
                },
                {
                  title: t('people.actions'),
                  width: 130,
                  render: (_, p) =>
                    (me.role === 'admin' || p.role !== 'admin') && <Actions person={p} onOpen={setOpen} />,
                },
              ]}
            />
          </div>
        )}
      </QueryState>
      {open?.task === 'add' && <PersonForm onDone={close} />}
      {open?.task === 'edit' && <PersonForm person={open.person} onDone={close} />}
      {open?.task === 'skills' && <SkillsModal person={open.person} onClose={close} />}
      {open?.task === 'addresses' && <AddressesModal person={open.person} onClose={close} />}
      {open && open.task !== 'add' && open.task !== 'edit' && open.task !== 'skills' && open.task !== 'addresses' && (
        <PersonTask task={open.task} person={open.person} onDone={close} />
      )}
      {credentials && <PasswordModal credentials={credentials} onClose={() => setCredentials(undefined)} />}
    </Page>
  );
}

function Actions({ person, onOpen }: { person: ListedStaff; onOpen: (open: Open) => void }) {
  const { t } = useTranslation(['site', 'directory']);
  const me = usePerson();
  const self = me.id === person.id;
  const admin = me.role === 'admin';
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'edit', label: t('people.edit') },
          { key: 'skills', label: t('directory:skills.of') },
          ...(admin ? [{ key: 'addresses', label: t('directory:addresses.title') }] : []),
          { key: 'reset', label: t('people.reset') },
          ...(self
            ? []
            : [
                { type: 'divider' as const },
                person.active
                  ? { key: 'deactivate', label: t('people.deactivate'), danger: true }
                  : { key: 'activate', label: t('people.activate') },
              ]),
        ],
        onClick: ({ key }) => onOpen({ task: key as 'edit' | 'skills' | 'addresses' | PersonTaskName, person }),
      }}
    >
      <Button size="small" aria-label={`${t('people.actions')}: ${person.name}`}>
        {t('people.actions')} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
