import { waitUntil } from '../wait.js';
import { findProgram, freePort } from './binary.js';
import { startGuardian } from './guardian.js';
import type { ProvideOptions, Service, ServiceDefinition } from './service.js';

const dir = '/smart-community';

/** Starts the image in a container, on a port of this machine that survives a restart. @throws when no container runtime answers */
export async function startContainer(definition: ServiceDefinition, options: ProvideOptions): Promise<Service> {
  const docker = findProgram('docker');
  // The guardian does the reaper's duty, without a second image to pull.
  if (docker) process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const client = await getContainerRuntimeClient();
  const image = process.env[definition.image.variable] ?? definition.image.fallback;
  const { command, files } = definition.launch({ dir, host: '0.0.0.0', port: definition.image.port }, options);
  const hostPort = await freePort();
  const container = await new GenericContainer(image)
    .withCommand(command)
    .withCopyContentToContainer(
      Object.entries({ ...files, 'written-by': 'tests' }).map(([name, content]) => ({
        content,
        target: `${dir}/${name}`,
        mode: 0o644,
      })),
    )
    .withExposedPorts({ container: definition.image.port, host: hostPort })
    .withWaitStrategy(Wait.forListeningPorts())
    .start();
  const guardian = startGuardian(`'${docker ?? 'docker'}' rm -f "$target"`);
  guardian.watch(container.getId());
  const url = definition.url(container.getHost(), container.getMappedPort(definition.image.port));
  const handle = client.container.getById(container.getId());
  const answers = () => waitUntil(() => definition.answers(url).catch(() => false));
  await answers();
  return {
    how: 'container',
    url,
    detail: `image ${image}`,
    stop: async () => {
      await container.stop();
      guardian.dismiss();
    },
    kill: async () => void (await handle.kill()),
    restart: async () => {
      await handle.restart();
      await answers();
    },
    freeze: async () => void (await handle.pause()),
    thaw: async () => void (await handle.unpause()),
  };
}
