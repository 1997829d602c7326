import { applyTheme, keptTheme } from '../../app/theme-choice.js';
import { firstLocale } from '../../i18n/choice.js';
import { texts } from '../texts.js';
import { paintFirst } from './paint.js';

// The smallest thing that is useful: day or night, and the orders. All else comes while they are read.
applyTheme(keptTheme());
document.documentElement.lang = firstLocale();
paintFirst();
void texts.first[firstLocale()]();
// Without it the list can be read, no more: as soon as there is a network again it is asked for again.
import('../app.js').catch(() => window.addEventListener('online', () => window.location.reload()));
