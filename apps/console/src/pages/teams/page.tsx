import type { Team } from '@sc/contracts';
import { Button, Table, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teamsQuery } from '../../api/directory.js';
import { useMay } from '../../app/session.js';
import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { SkillsPanel } from './skills-panel.js';
import { TeamForm } from './team-form.js';

export function TeamsPage() {
  const { t } = useTranslation('directory');
  const mayEdit = useMay('admin', 'manager');
  const query = useQuery(teamsQuery);
  const text = useText();
  const place = usePlace();
  const [open, setOpen] = useState<Team | 'new'>();
  return (
    <Page
      title={t('teams.title')}
      extra={
        mayEdit && (
          <Button type="primary" onClick={() => setOpen('new')}>
            {t('teams.add')}
          </Button>
        )
      }
    >
      <div className="stack">
        <QueryState query={query}>
          {({ items }) => (
            <div className="panel">
              <Table
                size="small"
                rowKey="id"
                scroll={{ x: 760 }}
                pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
                dataSource={items}
                locale={{ emptyText: <Calm title={t('teams.empty')} text={t('teams.emptyText')} /> }}
                columns={[
                  { title: t('teams.name'), width: 180, render: (_, team) => <strong>{text(team.name)}</strong> },
                  { title: t('teams.area'), width: 160, ellipsis: true, render: (_, team) => place(team.areaId) },
                  {
                    title: t('teams.kind'),
                    width: 120,
                    render: (_, team) => t(team.contractor ? 'teams.contractor' : 'teams.own'),
                  },
                  {
                    title: t('teams.members'),
                    render: (_, { members, leadId }) => (
                      <span className="row-wrap">
                        {members.map(({ id, name }) => (
                          <Tag key={id} color={id === leadId ? 'blue' : undefined}>
                            {id === leadId ? `${name} · ${t('teams.lead')}` : name}
                          </Tag>
                        ))}
                      </span>
                    ),
                  },
                  {
                    title: '',
                    width: 190,
                    render: (_, team) => (
                      <span className="row-wrap">
                        <StateTag tone={team.active ? 'good' : 'quiet'}>
                          {t(team.active ? 'teams.active' : 'teams.inactive')}
                        </StateTag>
                        {mayEdit && (
                          <Button size="small" onClick={() => setOpen(team)}>
                            {t('teams.edit')}
                          </Button>
                        )}
                      </span>
                    ),
                  },
                ]}
              />
            </div>
          )}
        </QueryState>
        <SkillsPanel />
      </div>
      {open && <TeamForm team={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
