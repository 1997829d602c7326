import { Module } from '@nestjs/common';
import { LoginLimiter } from './login-limiter.js';
import { LoginService } from './login.service.js';
import { Passwords } from './passwords.js';
import { PeopleService } from './people.service.js';
import { Sessions } from './sessions.service.js';

@Module({
  providers: [LoginLimiter, LoginService, Passwords, PeopleService, Sessions],
  exports: [LoginService, PeopleService, Sessions],
})
export class IdentityModule {}
