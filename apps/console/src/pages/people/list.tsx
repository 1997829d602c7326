import type { ListedStaff, PersonCredentials } from '@sc/contracts';
import { Button, Checkbox, Grid, Input, Table, Tag } from 'antd';
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
import '../../styles/cards.css';
import { AddressesModal } from './addresses-modal.js';
import { PasswordModal } from './password-modal.js';
import { type OpenTask, PersonActions } from './person-actions.js';
import { PersonCards } from './person-cards.js';
import { PersonForm } from './person-form.js';
import { SkillsModal } from './skills-modal.js';
import { PersonTask } from './person-task.js';

type Open = { task: 'add' } | OpenTask;

export function PeoplePage() {
  const { t } = useTranslation(['site', 'words', 'app', 'directory']);
  const me = usePerson();
  const place = usePlace();
  const query = useQuery(staffQuery);
  const text = useText();
  const skills = useQuery(skillsQuery).data?.items ?? [];
  const skillName = (slug: string) =>
    text(skills.find((skill) => skill.slug === slug)?.title ?? { 'zh-CN': slug, en: slug });
  const wide = Grid.useBreakpoint().md ?? true;
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
  const empty = <Calm title={search ? t('people.noneFound') : t('people.empty')} />;
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
            {wide ? (
              <Table
                size="small"
                rowKey="id"
                scroll={{ x: 1040 }}
                pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
                dataSource={data.items.filter(matches)}
                locale={{ emptyText: empty }}
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
                    render: (_, p) => <PersonActions person={p} onOpen={setOpen} />,
                  },
                ]}
              />
            ) : (
              <PersonCards people={data.items.filter(matches)} empty={empty} skillName={skillName} onOpen={setOpen} />
            )}
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
