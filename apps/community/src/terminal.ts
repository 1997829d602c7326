/** What a person at the terminal reads. The log goes to DATA_DIR/logs/community.log. */
export class Terminal {
  private readonly startedAt = performance.now();

  step(text: string): void {
    process.stdout.write(`  ${((performance.now() - this.startedAt) / 1000).toFixed(1).padStart(5)} s  ${text}\n`);
  }

  line(text = ''): void {
    process.stdout.write(`${text}\n`);
  }

  error(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}
