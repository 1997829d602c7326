import type { Announcement, WriteAnnouncement } from '@sc/contracts';
import { App, Form, Input } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { residentKeys, residentsApi } from '../../api/residents.js';
import { usePerson } from '../../app/session.js';
import { AreaSelect } from '../../components/area-select.js';
import { FormModal } from '../../components/form-modal.js';
import { dayOf, instantOf } from '../../lib/site-day.js';
import { siteTime, useNow, useSiteTime } from '../../lib/site-time.js';

interface Fields extends Pick<WriteAnnouncement, 'areaId' | 'title' | 'words'> {
  beginDay: string;
  beginTime: string;
  endDay: string;
  endTime: string;
}
const weekMs = 7 * 86_400_000;

export function AnnouncementForm({ before, onClose }: { before?: Announcement; onClose: () => void }) {
  const { t } = useTranslation(['residents', 'app']);
  const { message } = App.useApp();
  const { timeZone } = useSiteTime();
  const now = useNow();
  const { areaId } = usePerson();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const instant = (day: string, time: string) => instantOf(day, time, timeZone);
  const save = useMutation({
    mutationFn: ({ beginDay, beginTime, endDay, endTime, ...rest }: Fields) =>
      residentsApi.writeAnnouncement(before?.id, {
        areaId: rest.areaId,
        title: rest.title,
        words: rest.words,
        beginsAt: new Date(instant(beginDay, beginTime)).toISOString(),
        endsAt: new Date(instant(endDay, endTime)).toISOString(),
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: residentKeys.announcements });
      void message.success(t('announcements.saved'));
      onClose();
    },
  });
  const required = { required: true, whitespace: true, message: t('announcements.required') };
  const begins = before ? Date.parse(before.beginsAt) : now;
  const ends = before ? Date.parse(before.endsAt) : now + weekMs;
  const clock = (at: number) => siteTime(at, timeZone, 'en', 'minute');
  return (
    <FormModal
      title={t(before ? 'announcements.edit' : 'announcements.add')}
      okText={t('announcements.save')}
      width={720}
      form={form}
      initialValues={{
        areaId: before?.areaId ?? areaId,
        ...(before && { title: before.title, words: before.words }),
        beginDay: dayOf(begins, timeZone),
        beginTime: clock(begins),
        endDay: dayOf(ends, timeZone),
        endTime: clock(ends),
      }}
      save={save}
      onClose={onClose}
    >
      <Form.Item name="areaId" label={t('announcements.area')} rules={[required]}>
        <AreaSelect allowClear={false} width="100%" />
      </Form.Item>
      <div className="field-row">
        <Form.Item name={['title', 'zh-CN']} label={t('announcements.titleZh')} rules={[required]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={['title', 'en']} label={t('announcements.titleEn')} rules={[required]}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item name={['words', 'zh-CN']} label={t('announcements.wordsZh')} rules={[required]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} />
      </Form.Item>
      <Form.Item name={['words', 'en']} label={t('announcements.wordsEn')} rules={[required]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="beginDay" label={t('announcements.begins')} rules={[required]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="beginTime" label=" " rules={[required]}>
          <Input type="time" aria-label={t('announcements.begins')} />
        </Form.Item>
        <Form.Item name="endDay" label={t('announcements.ends')} rules={[required]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="endTime"
          label=" "
          dependencies={['beginDay', 'beginTime', 'endDay']}
          rules={[
            required,
            {
              validator: (_, endTime: string) => {
                const { beginDay, beginTime, endDay } = form.getFieldsValue();
                return instant(endDay, endTime) > instant(beginDay, beginTime)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('announcements.order')));
              },
            },
          ]}
        >
          <Input type="time" aria-label={t('announcements.ends')} />
        </Form.Item>
      </div>
    </FormModal>
  );
}
