/** A person waits for the answer. While commits wait no message is taken in, and the dead letter stays as it is. */
export const replayLimitMs = 20_000;
