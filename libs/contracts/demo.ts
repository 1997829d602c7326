import { z } from 'zod';
import { domainNameSchema } from './domain.js';
import { areaIdSchema, deviceIdSchema, slugSchema } from './ids.js';
import { roleSchema } from './http/people.js';

/**
 * `DATA_DIR/secrets/demo.json`, readable by its owner only: the logins of the demo community. Written by the seed, read by
 * the simulators, scenarios and replays, which use the platform's public doors like everybody else.
 */
export const demoFileSchema = z.object({
  version: z.literal(1),
  community: slugSchema,
  /** Random, made at the first start: seeds the simulators and derives the devices' secrets. */
  seed: z.string().min(32),
  people: z.array(
    z.object({ login: z.string(), password: z.string(), name: z.string(), role: roleSchema, areaId: areaIdSchema }),
  ),
  devices: z.array(
    z.object({
      id: deviceIdSchema,
      domain: domainNameSchema,
      secret: z.string().min(32),
      /** Whether the simulators run it. The one left out is for the person who tries the demo by hand. */
      simulated: z.boolean(),
    }),
  ),
});
export type DemoFile = z.infer<typeof demoFileSchema>;
export type DemoDevice = DemoFile['devices'][number];
