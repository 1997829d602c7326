import type en from '../en/first.js';

const zh: typeof en = {
  orders: '我的工单',
  cached: '离线副本，截至 {{time}}',
  notSent: '尚未发送',
  severity: { extreme: '特别严重', severe: '严重', moderate: '中等', minor: '轻微', unknown: '未知' },
  workOrderState: {
    registered: '已立案',
    dispatched: '已派遣',
    accepted: '已接受',
    'in-hand': '处理中',
    reported: '已反馈',
    verified: '已核查',
    closed: '已结案',
    voided: '已作废',
    suspended: '已挂账',
    evaluated: '已评价',
  },
};
export default zh;
