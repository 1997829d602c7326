import type { Team } from '@sc/contracts';
import { Button, Grid, Table, Tag } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teamsQuery } from '../../api/directory.js';
import { useMay } from '../../app/session.js';
import { ImportButton } from '../../components/import/import-button.js';
import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { SkillsPanel } from './skills-panel.js';
import '../../styles/cards.css';
import { TeamCards } from './team-cards.js';
import { TeamForm } from './team-form.js';

export function TeamsPage() {
  const { t } = useTranslation('directory');
  const mayEdit = useMay('admin', 'manager');
  const query = useQuery(teamsQuery);
  const text = useText();
  const place = usePlace();
  const wide = Grid.useBreakpoint().md ?? true;
  const empty = <Calm title={t('teams.empty')} text={t('teams.emptyText')} />;
  const [open, setOpen] = useState<Team | 'new'>();
  return (
    <Page
      title={t('teams.title')}
      extra={
        mayEdit && (
          <>
            <ImportButton kind="teams" />
            <Button type="primary" onClick={() => setOpen('new')}>
              {t('teams.add')}
            </Button>
          </>
        )
      }
    >
      <div className="stack">
        <QueryState query={query}>
          {({ items }) => (
            <div className="panel">
              {wide ? (
                <Table
                  size="small"
                  rowKey="id"
                  scroll={{ x: 760 }}
                  pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
                  dataSource={items}
                  locale={{ emptyText: empty }}
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
                            <Tag key={id}>
                              {id === leadId ? <strong>{`${name} · ${t('teams.lead')}`}</strong> : name}
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
              ) : (
                <TeamCards teams={items} empty={empty} onEdit={mayEdit ? setOpen : undefined} />
              )}
            </div>
          )}
        </QueryState>
        <SkillsPanel />
      </div>
      {open && <TeamForm team={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
