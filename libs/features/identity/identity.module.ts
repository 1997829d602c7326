import { Module } from '@nestjs/common';
import { LoginLimiter } from './login-limiter.js';
import { LoginService } from './login.service.js';
import { OwnPassword } from './own-password.service.js';
import { Passwords } from './passwords.js';
import { PeopleService } from './people.service.js';
import { Sessions } from './sessions.service.js';

@Module({
  providers: [LoginLimiter, LoginService, OwnPassword, Passwords, PeopleService, Sessions],
  exports: [LoginService, OwnPassword, PeopleService, Sessions],
})
export class IdentityModule {}
