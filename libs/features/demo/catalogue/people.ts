import type { Locale, Role } from '@sc/contracts';
import { community, dutyGrids } from './areas.js';

export interface CataloguePerson {
  login: string;
  name: string;
  role: Role;
  areaId: string;
  locale: Locale;
}

const officerNames = ['陈志强', '李梅', '王海涛', '赵敏', '孙丽华', '周建国'];

/** Two officers for each duty grid: officer1 and officer2 for the first, and so on. */
export const officersOf = (grid: number): [string, string] => [`officer${grid * 2 + 1}`, `officer${grid * 2 + 2}`];

/** They take turns in the control room. */
export const operators: [string, string] = ['operator1', 'operator2'];

export const people: CataloguePerson[] = [
  { login: 'admin', name: '刘洋', role: 'admin', areaId: 'binjiang', locale: 'zh-CN' },
  { login: 'manager', name: '黄晓燕', role: 'manager', areaId: community, locale: 'zh-CN' },
  { login: 'operator1', name: '吴俊', role: 'operator', areaId: community, locale: 'zh-CN' },
  { login: 'operator2', name: 'Grace Lin', role: 'operator', areaId: community, locale: 'en' },
  ...dutyGrids.flatMap((areaId, grid) =>
    officersOf(grid).map((login, i) => ({
      login,
      name: officerNames[grid * 2 + i]!,
      role: 'officer' as const,
      areaId,
      locale: 'zh-CN' as const,
    })),
  ),
];
