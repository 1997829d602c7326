export type Theme = 'light' | 'dark';
const storageKey = 'sc.theme';

export const keptTheme = (): Theme => (localStorage.getItem(storageKey) === 'dark' ? 'dark' : 'light');
export const keepTheme = (theme: Theme): void => localStorage.setItem(storageKey, theme);
export const applyTheme = (theme: Theme): void => {
  document.documentElement.dataset['theme'] = theme;
};
