import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Person, Role } from '@sc/contracts';

export const ROLES = 'sc:roles';
export const PUBLIC = 'sc:public';

/** Who may call this route. A route without it is open to every role; one without a login needs {@link Public}. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES, roles);

/** This route needs no login. */
export const Public = () => SetMetadata(PUBLIC, true);

/** The request after the access guard let it pass. */
export interface AuthenticatedRequest {
  person?: Person;
  session?: CurrentSession;
}

export interface CurrentSession {
  tokenHash: Buffer;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** The person's password was given by somebody else. */
  passwordInitial: boolean;
}

/** The person who asks. Only on routes that need a login. */
export const CurrentPerson = createParamDecorator((_: unknown, context: ExecutionContext): Person => {
  const { person } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!person) throw new Error('CurrentPerson on a route that the access guard does not protect');
  return person;
});
