import { type CaseItem, secondsOf } from '@sc/contracts';
import { json } from '@sc/platform/database';

/**
 * What an order keeps of its kind of work from the moment it is registered. The one place where the older columns (photo, sensor,
 * seconds to accept) are filled from what the catalogue says.
 */
export const keptOfItem = (item: CaseItem) => ({
  category: item.category,
  title: json(item.title),
  instructions: json(item.instructions),
  limits: json(item.limits),
  skills: [...item.skills],
  teamId: item.teamId,
  checklist: json(item.checklist),
  proof: item.proof,
  sensorMinutes: item.sensorMinutes ?? null,
  photoRequired: item.proof !== 'none',
  sensorVerifies: item.verifier === 'sensor-or-staff',
  acceptWithinSeconds: secondsOf(item.limits.accept),
});
