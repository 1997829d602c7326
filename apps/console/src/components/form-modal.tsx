import { Form, type FormInstance, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FirstField } from './first-field.js';
import { ProblemAlert } from './query-state.js';

interface Props<Fields extends object> {
  title: ReactNode;
  /** What is done, where it is more than to save. */
  okText?: string;
  form: FormInstance<Fields>;
  initialValues: Partial<Fields>;
  save: { mutate: (fields: Fields) => void; isPending: boolean; error: unknown };
  onClose: () => void;
  width?: number;
  /** Takes something away. */
  danger?: boolean;
  /** A choice that changes what other fields offer. */
  onChange?: (change: Partial<Fields>) => void;
  children: ReactNode;
}

/** A form over the page, with the one button that saves it; what the platform refuses stands below its fields. */
export function FormModal<Fields extends object>(props: Props<Fields>) {
  const { title, okText, form, initialValues, save, onClose, width, danger = false, onChange, children } = props;
  const { t } = useTranslation('app');
  return (
    <Modal
      open
      title={title}
      {...(width && { width })}
      okText={okText ?? t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: save.isPending, danger }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={initialValues}
        {...(onChange && { onValuesChange: onChange })}
        onFinish={(fields) => !save.isPending && save.mutate(fields)}
      >
        <FirstField>{children}</FirstField>
        {Boolean(save.error) && <ProblemAlert error={save.error} />}
        {/* Enter in a field saves, as in every form. */}
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
