import { Injectable } from '@nestjs/common';
import { type CreateBackTest, type Person, type Rule, ruleSchema } from '@sc/contracts';
import { RuleStore } from '@sc/features/detection';
import { ProblemError } from '@sc/platform/http';

/** The rule that is asked about: a stored one, or one as it is being written. */
@Injectable()
export class AskedRule {
  constructor(private readonly rules: RuleStore) {}

  /** @throws ProblemError `not-found`, `invalid-rule` */
  async of(_person: Person, { ruleId, rule }: CreateBackTest): Promise<{ rule: Rule; stored: boolean }> {
    if (ruleId !== undefined) {
      const stored = (await this.rules.load()).find(({ id }) => id === ruleId);
      if (!stored) throw new ProblemError('not-found', 'no such rule');
      return { rule: stored, stored: true };
    }
    const parsed = ruleSchema.safeParse({ version: 1, ...rule });
    if (!parsed.success) throw new ProblemError('invalid-rule', 'the rule has mistakes');
    return { rule: parsed.data, stored: false };
  }
}
