import type { RoundState } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../components/tags.js';

const tones = { planned: 'quiet', started: 'busy', done: 'good', missed: 'hot', cancelled: 'quiet' } as const;

export function RoundStateTag({ state }: { state: RoundState }) {
  const { t } = useTranslation('rounds');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}
