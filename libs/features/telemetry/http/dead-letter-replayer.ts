/** Injection token of the {@link DeadLetterReplayer}; absent where no ingest runs in the process. */
export const DEAD_LETTER_REPLAYER = Symbol('DeadLetterReplayer');

export interface DeadLetterReplayer {
  /**
   * Takes the kept message in as if it had just arrived, with its time of receipt. Resolves when it is handled, well or
   * into a new dead letter; rejects when it could not be tried.
   */
  replay(id: string): Promise<void>;
}
