/** What a phone says before its program has come. */
export default {
  orders: 'My orders',
  cached: 'Offline copy from {{time}}',
  notSent: 'not sent yet',
  severity: { extreme: 'Extreme', severe: 'Severe', moderate: 'Moderate', minor: 'Minor', unknown: 'Unknown' },
  workOrderState: {
    registered: 'Registered',
    dispatched: 'Dispatched',
    accepted: 'Accepted',
    'in-hand': 'In hand',
    reported: 'Reported',
    verified: 'Verified',
    closed: 'Closed',
    voided: 'Voided',
    suspended: 'Suspended',
    evaluated: 'Evaluated',
  },
};
