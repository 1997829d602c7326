let known: boolean | undefined;

/** Whether this browser can draw the map: without WebGL the lists say the same. */
export function drawable(): boolean {
  try {
    known ??= document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    known = false;
  }
  return known;
}
