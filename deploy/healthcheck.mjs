// Exit 0 when the program in this container says that it is ready for work.
const answer = await fetch(`http://127.0.0.1:${process.env.HTTP_PORT || 3000}/readyz`, {
  signal: AbortSignal.timeout(4000),
}).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
