// Loaded before the program that a launcher starts: when the launcher is gone without a word (kill -9), the channel to it closes,
// and the program is asked to end as by a polite kill.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // The channel alone must not keep a finished program alive.
  process.channel.unref();
}
