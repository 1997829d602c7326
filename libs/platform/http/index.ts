export {
  type AuthenticatedRequest,
  CurrentPerson,
  type CurrentSession,
  Public,
  PUBLIC,
  Roles,
  ROLES,
} from './access.js';
export { createHttpAdapter } from './adapter.js';
export { Answers, ApiProblems, TakesFile } from './api-docs.js';
export { commonRefusals } from './common-refusals.js';
export { decodeCursor, encodeCursor } from './cursor.js';
export { ProblemFilter, sendProblem } from './problem.filter.js';
export { type Mistake, ProblemError } from './problem.js';
export { issueText } from './schema-words.js';
export { validationPipe } from './validation.pipe.js';
