// What was started is stopped, in reverse order, however the run ends.
const stops = [];
let running = Promise.resolve();
let signalled = false;

/** After a signal what fails fails because it is being stopped. */
export const isEnding = () => signalled;

/** Has `stop` called at the end of a section, or at Ctrl-C. @returns a function that does it earlier */
export function atEnd(stop) {
  let done;
  const once = () => (done ??= Promise.resolve().then(stop));
  stops.push(once);
  return once;
}

/** Stops everything; a stop that fails does not keep the others from theirs. */
export function cleanUp() {
  running = running.then(async () => {
    for (const stop of stops.splice(0).reverse())
      await stop().catch((error) => console.error(`not stopped cleanly: ${error.message}`));
  });
  return running;
}

/** Ctrl-C and a polite kill end the run with everything stopped. */
export function endOnSignals() {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])
    process.once(signal, () => {
      signalled = true;
      console.error('\nstopping what was started …');
      void cleanUp().then(() => process.exit(code));
    });
}
