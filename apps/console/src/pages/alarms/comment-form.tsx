import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/resources.js';
import { useAlarmMove } from './use-alarm-move.js';

interface Props {
  id: string;
  onDone?: () => void;
}

/** A line for the story of an alarm. */
export function CommentForm({ id, onDone }: Props) {
  const { t } = useTranslation('silences');
  const [note, setNote] = useState('');
  const comment = useAlarmMove(
    id,
    (text: string) => api.commentAlarm(id, text),
    () => {
      setNote('');
      onDone?.();
    },
  );
  return (
    <form
      className="field-line"
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim()) comment.mutate(note.trim());
      }}
    >
      <Input
        className="field-grow"
        aria-label={t('comment')}
        placeholder={t('commentPlaceholder')}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button htmlType="submit" disabled={note.trim() === ''} loading={comment.isPending}>
        {t('addComment')}
      </Button>
    </form>
  );
}
