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
import { answer, done, fileBody, http, patient } from './client.js';

interface Signal {
  signal?: AbortSignal;
}
const skillList = pageOf(skillSchema);
const teamList = pageOf(teamSchema);
const leaveList = pageOf(leaveSchema);
const overrideList = pageOf(overrideSchema);
const rotationList = pageOf(rotationSchema);

export const directoryApi = {
  addSkill: (body: Skill) => answer(skillSchema, http.POST('/skills', { body })),
  renameSkill: (slug: string, title: Skill['title']) =>
    answer(skillSchema, http.PATCH('/skills/{slug}', { params: { path: { slug } }, body: { title } })),
  removeSkill: (slug: string) => done(http.DELETE('/skills/{slug}', { params: { path: { slug } } })),
  setSkills: (personId: string, skills: string[]) =>
    answer(
      personSkillsSchema,
      http.PUT('/people/{id}/skills', { params: { path: { id: personId } }, body: { skills } }),
    ),
  addresses: (personId: string, { signal }: Signal) =>
    answer(personAddressesSchema, http.GET('/people/{id}/addresses', { params: { path: { id: personId } }, signal })),
  saveAddresses: (personId: string, body: PersonAddresses) =>
    answer(personAddressesSchema, http.PUT('/people/{id}/addresses', { params: { path: { id: personId } }, body })),
  createTeam: (body: CreateTeam) => answer(teamSchema, http.POST('/teams', { body })),
  updateTeam: (id: string, body: UpdateTeam) =>
    answer(teamSchema, http.PATCH('/teams/{id}', { params: { path: { id } }, body })),
  addLeave: (body: CreateLeave) => answer(addedLeaveSchema, http.POST('/leave', { body })),
  removeLeave: (id: string) => done(http.DELETE('/leave/{id}', { params: { path: { id } } })),
  addOverride: (body: CreateOverride) => answer(overrideSchema, http.POST('/overrides', { body })),
  removeOverride: (id: string) => done(http.DELETE('/overrides/{id}', { params: { path: { id } } })),
  createRotation: (body: SaveRotation) => answer(rotationSchema, http.POST('/rotations', { body })),
  updateRotation: (id: string, body: SaveRotation) =>
    answer(rotationSchema, http.PUT('/rotations/{id}', { params: { path: { id } }, body })),
  removeRotation: (id: string) => done(http.DELETE('/rotations/{id}', { params: { path: { id } } })),
  importGeo: (file: Blob, crs: CoordinateSystem, preview: boolean) =>
    answer(
      geoImportResultSchema,
      http.POST('/imports/geojson', {
        params: { query: { crs, preview: `${preview}` } },
        ...fileBody(file, 'application/geo+json'),
        fetch: patient(120_000),
      }),
    ),
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
  queryFn: (c: Signal) => answer(skillList, http.GET('/skills', { signal: c.signal })),
});
export const teamsQuery = queryOptions({
  queryKey: directoryKeys.teams,
  queryFn: (c: Signal) => answer(teamList, http.GET('/teams', { signal: c.signal })),
});
export const leaveQuery = (query: TimeRangeQuery) =>
  queryOptions({
    queryKey: [...directoryKeys.leave, query],
    queryFn: (c: Signal) => answer(leaveList, http.GET('/leave', { params: { query }, signal: c.signal })),
  });
export const overridesQuery = (query: TimeRangeQuery) =>
  queryOptions({
    queryKey: [...directoryKeys.overrides, query],
    queryFn: (c: Signal) => answer(overrideList, http.GET('/overrides', { params: { query }, signal: c.signal })),
  });
export const rotationsQuery = queryOptions({
  queryKey: directoryKeys.rotations,
  queryFn: (c: Signal) => answer(rotationList, http.GET('/rotations', { signal: c.signal })),
});
export const warningsQuery = queryOptions({
  queryKey: directoryKeys.warnings,
  queryFn: (c: Signal) => answer(directoryWarningsSchema, http.GET('/directory/warnings', { signal: c.signal })),
  refetchInterval: 5 * 60_000,
});
