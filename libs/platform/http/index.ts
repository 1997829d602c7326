export { type AuthenticatedRequest, CurrentPerson, Public, PUBLIC, Roles, ROLES } from './access.js';
export { decodeCursor, encodeCursor } from './cursor.js';
export { ProblemError } from './problem.js';
