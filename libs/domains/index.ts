import type { Domain } from '@sc/contracts';
import { access } from './access/index.js';
import { camera } from './camera/index.js';
import { fire } from './fire/index.js';
import { parking } from './parking/index.js';
import { sanitation } from './sanitation/index.js';
import { water } from './water/index.js';

/** Every kind of device the platform understands. Adding one is adding a folder and a line here. */
export const domains: readonly Domain[] = [fire, access, parking, sanitation, camera, water];

const byName = new Map(domains.map((domain) => [domain.name, domain]));

/** The domain of this name, or `undefined` when nobody taught us about it. */
export const domainByName = (name: string): Domain | undefined => byName.get(name);
