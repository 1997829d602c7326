import type { WorkOrderDetail } from '@sc/contracts';
import { CameraOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Form, Input, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { casesApi, usableCategoriesQuery } from '../../api/cases.js';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { AreaSelect } from '../../components/area-select.js';
import { FormModal } from '../../components/form-modal.js';
import { ProblemAlert } from '../../components/query-state.js';
import { newRequestId } from '../../lib/request-id.js';
import { useText } from '../../lib/use-words.js';
import { photoFields, shrinkPhoto } from '../../field/photo.js';

interface Fields {
  areaId: string;
  category: string;
  placement?: string;
  description: string;
  solving: boolean;
}

const mostPhotos = 10;

interface Props {
  path: string;
  /** What is known already. */
  about?: Partial<Pick<Fields, 'areaId' | 'placement' | 'description'>>;
  onClose: () => void;
}

/** A case that somebody of the staff found: where, what kind of work, what they see, photos. */
export function ReportCase({ path, about = {}, onClose }: Props) {
  const { t } = useTranslation(['cases', 'app', 'desk']);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const text = useText();
  const [form] = Form.useForm<Fields>();
  const [photos, setPhotos] = useState<File[]>([]);
  // One key for this form: sent again after a lost answer it is the same case.
  const [key] = useState(newRequestId);
  const files = useRef<HTMLInputElement>(null);
  const areaId = Form.useWatch('areaId', form);
  const kinds = useQuery(usableCategoriesQuery(areaId));
  const items = (kinds.data?.items ?? []).filter(({ kind }) => kind === 'item');
  const report = useMutation({
    mutationFn: async ({ placement, ...fields }: Fields) => {
      const order = await casesApi.report({
        key,
        ...fields,
        description: fields.description.trim(),
        ...(placement?.trim() ? { placement: placement.trim() } : {}),
      });
      const allSent = await sendPhotos(order, photos, key);
      return { order, allSent };
    },
    onSuccess: ({ order, allSent }) => {
      void queries.invalidateQueries({ queryKey: keys.workOrderLists });
      if (allSent) void message.success(t('sent', { number: order.number }));
      else void message.warning(t('photosFailed'));
      onClose();
      void navigate(`${path}/${order.id}`);
    },
  });
  const required = { required: true, message: t('desk:devices.required') };
  const choose = (event: ChangeEvent<HTMLInputElement>) =>
    setPhotos([...(event.target.files ?? [])].slice(0, mostPhotos));
  return (
    <FormModal
      title={t('reportTitle')}
      okText={t('send')}
      onChange={(change) => {
        if ('areaId' in change) form.resetFields(['category']);
      }}
      form={form}
      initialValues={{ solving: false, ...about }}
      save={report}
      onClose={onClose}
    >
      <Form.Item name="areaId" label={t('area')} rules={[required]}>
        <AreaSelect allowClear={false} width="100%" />
      </Form.Item>
      <Form.Item name="category" label={t('category')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          disabled={!areaId}
          loading={kinds.isFetching}
          placeholder={areaId ? undefined : t('categoryHint')}
          notFoundContent={kinds.isFetching ? null : t('noCategories')}
          options={items.map(({ code, title }) => ({ value: code, label: text(title) }))}
        />
      </Form.Item>
      {kinds.error && <ProblemAlert error={kinds.error} />}
      <Form.Item name="placement" label={t('placement')}>
        <Input maxLength={200} placeholder={t('placementHint')} />
      </Form.Item>
      <Form.Item name="description" label={t('description')} rules={[{ ...required, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} placeholder={t('descriptionHint')} />
      </Form.Item>
      <Form.Item label={t('photos')}>
        {/* The browser's own button speaks the language of the browser. */}
        <input ref={files} hidden type="file" accept="image/*" multiple onChange={choose} />
        <Button icon={<CameraOutlined />} onClick={() => files.current?.click()}>
          {photos.length > 0 ? t('chosen', { count: photos.length }) : t('addPhotos')}
        </Button>
      </Form.Item>
      <Form.Item name="solving" valuePropName="checked" extra={t('solvingHint')}>
        <Checkbox>{t('solving')}</Checkbox>
      </Form.Item>
    </FormModal>
  );
}

/** The case counts more than its photos: it stays reported when one of them does not arrive. */
async function sendPhotos({ id }: WorkOrderDetail, photos: readonly File[], key: string): Promise<boolean> {
  let allSent = true;
  for (const [index, photo] of photos.entries())
    try {
      await api.attach(id, await shrinkPhoto(photo), photoFields(key, index, photo));
    } catch {
      allSent = false;
    }
  return allSent;
}
