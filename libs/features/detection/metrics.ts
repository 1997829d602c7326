import { Counter, Gauge } from 'prom-client';

export const detectionMetrics = {
  rulesStopped: new Gauge({
    name: 'sc_rules_stopped',
    help: 'Rules that the platform stopped because they throw, flood or cost too much: a person must look',
  }),
  ruleFailures: new Counter({ name: 'sc_rule_failures_total', help: 'Inputs at which a rule threw' }),
};
