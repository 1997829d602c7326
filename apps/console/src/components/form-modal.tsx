import { Form, type FormInstance, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './query-state.js';

interface Props<Fields extends object> {
  title: ReactNode;
  /** What is done, where it is more than to save. */
  okText?: string;
  form: FormInstance<Fields>;
  initialValues: Partial<Fields>;
  save: { mutate: (fields: Fields) => void; isPending: boolean; error: unknown };
  onClose: () => void;
  children: ReactNode;
}

/** A form over the page, with the one button that saves it; what the platform refuses stands below its fields. */
export function FormModal<Fields extends object>(props: Props<Fields>) {
  const { title, okText, form, initialValues, save, onClose, children } = props;
  const { t } = useTranslation('app');
  return (
    <Modal
      open
      title={title}
      okText={okText ?? t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={initialValues}
        onFinish={(fields) => !save.isPending && save.mutate(fields)}
      >
        {children}
        {Boolean(save.error) && <ProblemAlert error={save.error} />}
        {/* Enter in a field saves, as in every form. */}
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
