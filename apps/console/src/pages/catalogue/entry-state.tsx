import type { CatalogueState } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../components/tags.js';

const tones = { proposed: 'warm', active: 'good', refused: 'quiet', retired: 'quiet' } as const;

export function EntryState({ state }: { state: CatalogueState }) {
  const { t } = useTranslation('catalogue');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}
