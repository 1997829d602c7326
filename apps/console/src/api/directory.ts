import {
  addedLeaveSchema,
  directoryWarningsSchema,
  geoImportResultSchema,
  leaveSchema,
  overrideSchema,
  pageOf,
  personAddressesSchema,
  personSkillsSchema,
  rotationSchema,
  skillSchema,
  teamSchema,
  type CoordinateSystem,
  type CreateLeave,
  type CreateOverride,
  type CreateTeam,
  type PersonAddresses,
  type SaveRotation,
  type Skill,
  type TimeRangeQuery,
  type UpdateTeam,
} from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from './client.js';

interface Signal {
  signal?: AbortSignal;
}
const skillList = pageOf(skillSchema);
const teamList = pageOf(teamSchema);
const leaveList = pageOf(leaveSchema);
const overrideList = pageOf(overrideSchema);
const rotationList = pageOf(rotationSchema);

export const directoryApi = {
  addSkill: (body: Skill) => request(skillSchema, '/skills', { method: 'POST', body }),
  renameSkill: (slug: string, title: Skill['title']) =>
    request(skillSchema, `/skills/${slug}`, { method: 'PATCH', body: { title } }),
  removeSkill: (slug: string) => command(`/skills/${slug}`, { method: 'DELETE' }),
  setSkills: (personId: string, skills: string[]) =>
    request(personSkillsSchema, `/people/${personId}/skills`, { method: 'PUT', body: { skills } }),
  addresses: (personId: string, { signal }: Signal) =>
    request(personAddressesSchema, `/people/${personId}/addresses`, { signal }),
  saveAddresses: (personId: string, body: PersonAddresses) =>
    request(personAddressesSchema, `/people/${personId}/addresses`, { method: 'PUT', body }),
  createTeam: (body: CreateTeam) => request(teamSchema, '/teams', { method: 'POST', body }),
  updateTeam: (id: string, body: UpdateTeam) => request(teamSchema, `/teams/${id}`, { method: 'PATCH', body }),
  addLeave: (body: CreateLeave) => request(addedLeaveSchema, '/leave', { method: 'POST', body }),
  removeLeave: (id: string) => command(`/leave/${id}`, { method: 'DELETE' }),
  addOverride: (body: CreateOverride) => request(overrideSchema, '/overrides', { method: 'POST', body }),
  removeOverride: (id: string) => command(`/overrides/${id}`, { method: 'DELETE' }),
  createRotation: (body: SaveRotation) => request(rotationSchema, '/rotations', { method: 'POST', body }),
  updateRotation: (id: string, body: SaveRotation) =>
    request(rotationSchema, `/rotations/${id}`, { method: 'PUT', body }),
  removeRotation: (id: string) => command(`/rotations/${id}`, { method: 'DELETE' }),
  importGeo: (file: Blob, crs: CoordinateSystem, preview: boolean) =>
    request(geoImportResultSchema, '/imports/geojson', {
      method: 'POST',
      query: { crs, preview },
      body: new Blob([file], { type: 'application/geo+json' }),
      timeoutMs: 120_000,
    }),
};

export const directoryKeys = {
  skills: ['skills'] as const,
  teams: ['teams'] as const,
  leave: ['leave'] as const,
  overrides: ['overrides'] as const,
  rotations: ['rotations'] as const,
  warnings: ['directory-warnings'] as const,
};
/** Everything that a change of the plan touches. */
export const dutyKeys = [
  ['shifts'],
  directoryKeys.leave,
  directoryKeys.overrides,
  directoryKeys.rotations,
  directoryKeys.warnings,
];

export const skillsQuery = queryOptions({
  queryKey: directoryKeys.skills,
  queryFn: (c: Signal) => request(skillList, '/skills', { signal: c.signal }),
});
export const teamsQuery = queryOptions({
  queryKey: directoryKeys.teams,
  queryFn: (c: Signal) => request(teamList, '/teams', { signal: c.signal }),
});
export const leaveQuery = (query: TimeRangeQuery) =>
  queryOptions({
    queryKey: [...directoryKeys.leave, query],
    queryFn: (c: Signal) => request(leaveList, '/leave', { query, signal: c.signal }),
  });
export const overridesQuery = (query: TimeRangeQuery) =>
  queryOptions({
    queryKey: [...directoryKeys.overrides, query],
    queryFn: (c: Signal) => request(overrideList, '/overrides', { query, signal: c.signal }),
  });
export const rotationsQuery = queryOptions({
  queryKey: directoryKeys.rotations,
  queryFn: (c: Signal) => request(rotationList, '/rotations', { signal: c.signal }),
});
export const warningsQuery = queryOptions({
  queryKey: directoryKeys.warnings,
  queryFn: (c: Signal) => request(directoryWarningsSchema, '/directory/warnings', { signal: c.signal }),
  refetchInterval: 5 * 60_000,
});
