import type { Scenario } from './scenario.js';
import { accessStories } from './stories/access.js';
import { cameraStories } from './stories/camera.js';
import { fireStories } from './stories/fire.js';
import { fireTogetherStories } from './stories/fire-together.js';
import { parkingStories } from './stories/parking.js';
import { sanitationStories } from './stories/sanitation.js';
import { waterStories } from './stories/water.js';

export const scenarios: Scenario[] = [
  ...fireStories,
  ...fireTogetherStories,
  ...accessStories,
  ...parkingStories,
  ...sanitationStories,
  ...cameraStories,
  ...waterStories,
];

export const scenarioByName = (name: string): Scenario | undefined => scenarios.find((s) => s.name === name);
