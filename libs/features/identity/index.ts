export { AccessGuard } from './http/access.guard.js';
export { IdentityHttpModule } from './http/identity-http.module.js';
export { writeSessionCookie } from './http/session-cookie.js';
export { IdentityModule } from './identity.module.js';
export { LoginLimiter } from './login-limiter.js';
export { type NewPerson, PeopleService, type PreparedPerson } from './people.service.js';
export { Sessions } from './sessions.service.js';
