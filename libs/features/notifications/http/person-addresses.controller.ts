import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Person, type PersonAddresses, personAddressesSchema, uuidSchema } from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { Addresses } from '../preferences/addresses.js';

/** Personal data: beside the person only the administrators see it. */
@ApiTags('people')
@Controller('people/:id/addresses')
@Roles('admin')
export class PersonAddressesController {
  constructor(private readonly addresses: Addresses) {}

  @Get()
  @Answers(personAddressesSchema)
  @ApiProblems('not-found')
  async read(@Param('id', { schema: uuidSchema }) id: string): Promise<PersonAddresses> {
    await this.addresses.assertPerson(id);
    return this.addresses.read(id);
  }

  @Put()
  @Answers(personAddressesSchema)
  @ApiProblems('not-found')
  async write(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: personAddressesSchema }) body: PersonAddresses,
  ): Promise<PersonAddresses> {
    await this.addresses.assertPerson(id);
    return this.addresses.write(person, id, body);
  }
}
