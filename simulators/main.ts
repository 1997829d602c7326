import { runningPlatform } from './client/index.js';
import { runSimulators } from './devices/index.js';
import { endWithParent } from './end-with-parent.js';

/** The demo's devices as one process: started by the platform, ends by itself when the platform does. */
const { demo, mqttUrl } = await runningPlatform(process.env);
const simulators = runSimulators({
  mqttUrl,
  devices: demo.devices.filter((device) => device.simulated),
  seed: demo.seed,
});
endWithParent(() => simulators.stop());
process.send?.('started');
