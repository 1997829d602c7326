import { mostSavedFilters, type SavedFilter, type SavedFilterPage } from '@sc/contracts';
import { DeleteOutlined, FilterOutlined } from '@ant-design/icons';
import { Button, Form, Input, Popover } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { savedFiltersApi, savedFiltersQuery } from '../api/saved-filters.js';
import { CopyLine } from './copy-line.js';
import { ProblemAlert, QueryState } from './query-state.js';

/** The filters that somebody keeps for a list, and the address of the one that is on, to be given to others. */
export function SavedFilters({ page }: { page: SavedFilterPage }) {
  const { t } = useTranslation('board');
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomRight"
      title={t('filters.title')}
      content={<Kept page={page} onChosen={() => setOpen(false)} />}
      destroyOnHidden
    >
      <Button icon={<FilterOutlined />}>{t('filters.title')}</Button>
    </Popover>
  );
}

function Kept({ page, onChosen }: { page: SavedFilterPage; onChosen: () => void }) {
  const { t } = useTranslation('board');
  const { pathname, search } = useLocation();
  const query = useQuery(savedFiltersQuery(page));
  return (
    <div className="saved-filters">
      <QueryState query={query}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="muted">{t('filters.none')}</p>}
            <ul className="mini-list">
              {items.map((filter) => (
                <KeptLine
                  key={filter.id}
                  filter={filter}
                  page={page}
                  isOn={search.slice(1) === filter.query}
                  onChosen={onChosen}
                />
              ))}
            </ul>
            {items.length < mostSavedFilters ? (
              <SaveForm page={page} query={search.slice(1)} />
            ) : (
              <p className="muted">{t('filters.full', { count: mostSavedFilters })}</p>
            )}
          </>
        )}
      </QueryState>
      <CopyLine name={t('filters.address')} value={`${window.location.origin}${pathname}${search}`} />
    </div>
  );
}

interface LineProps {
  filter: SavedFilter;
  page: SavedFilterPage;
  isOn: boolean;
  onChosen: () => void;
}

function KeptLine({ filter, page, isOn, onChosen }: LineProps) {
  const { t } = useTranslation('board');
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => savedFiltersApi.remove(filter.id),
    onSuccess: () => queries.invalidateQueries(savedFiltersQuery(page)),
  });
  return (
    <li>
      <Link className="grow" to={{ search: filter.query }} onClick={onChosen} aria-current={isOn || undefined}>
        {filter.name}
      </Link>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('filters.remove', { name: filter.name })}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      />
      {remove.error && <ProblemAlert error={remove.error} />}
    </li>
  );
}

function SaveForm({ page, query }: { page: SavedFilterPage; query: string }) {
  const { t } = useTranslation('board');
  const queries = useQueryClient();
  const [form] = Form.useForm<{ name: string }>();
  const save = useMutation({
    mutationFn: ({ name }: { name: string }) => savedFiltersApi.save({ page, name: name.trim(), query }),
    onSuccess: async () => {
      form.resetFields();
      await queries.invalidateQueries(savedFiltersQuery(page));
    },
  });
  return (
    <Form form={form} layout="inline" className="saved-filters-form" onFinish={(values) => save.mutate(values)}>
      <Form.Item name="name" rules={[{ required: true, whitespace: true, message: t('filters.nameMissing') }]}>
        <Input maxLength={60} placeholder={t('filters.name')} aria-label={t('filters.name')} />
      </Form.Item>
      <Button htmlType="submit" loading={save.isPending}>
        {t('filters.save')}
      </Button>
      {save.error && <ProblemAlert error={save.error} />}
    </Form>
  );
}
