import { z } from 'zod';
import type { Text } from '../text.js';
import { catalogueIssueCodes } from './catalogue.js';

export const importKinds = ['areas', 'people', 'teams', 'shifts', 'devices', 'catalogue', 'calendar-days'] as const;
export type ImportKind = (typeof importKinds)[number];

export interface ImportColumn {
  /** What stands in the first line; the titles are understood too. */
  name: string;
  title: Text;
  required: boolean;
  /** A cell of the template. */
  example: string;
}

const column = (name: string, zh: string, en: string, example: string, required = true): ImportColumn => ({
  name,
  title: { 'zh-CN': zh, en },
  required,
  example,
});

/** The columns of each list, in the order of the template. An optional column that is missing changes nothing. */
export const importColumns: Record<ImportKind, readonly ImportColumn[]> = {
  areas: [
    column('id', '编号', 'Id', 'building-1'),
    column('kind', '类型', 'Kind', 'building'),
    column('parent', '上级编号', 'Part of', 'grid-1'),
    column('name_zh', '中文名称', 'Name (Chinese)', '1 号楼', false),
    column('name_en', '英文名称', 'Name (English)', 'Building 1', false),
    column('households', '户数', 'Households', '118', false),
  ],
  people: [
    column('login', '登录名', 'Login', 'wang.xiaomin'),
    column('name', '姓名', 'Name', '王晓敏'),
    column('role', '角色', 'Role', 'officer'),
    column('area', '区域编号', 'Area', 'grid-1'),
    column('locale', '语言', 'Language', 'zh-CN', false),
    column('skills', '技能', 'Skills', '', false),
  ],
  teams: [
    column('name_zh', '中文名称', 'Name (Chinese)', '电梯维修班', false),
    column('name_en', '英文名称', 'Name (English)', 'Lift repairs', false),
    column('area', '区域编号', 'Area', 'grid-1'),
    column('kind', '类型', 'Kind', 'own', false),
    column('lead', '负责人', 'Lead', 'wang.xiaomin', false),
    column('members', '成员', 'Members', 'wang.xiaomin li.qiang', false),
  ],
  shifts: [
    column('login', '登录名', 'Login', 'wang.xiaomin'),
    column('area', '区域编号', 'Area', 'grid-1'),
    column('date', '日期', 'Date', '2026-10-01'),
    column('from', '开始', 'From', '08:00'),
    column('to', '结束', 'To', '20:00'),
  ],
  catalogue: [
    column('code', '编码', 'Code', 'exposed-rubbish'),
    column('parent', '上级编码', 'Part of', 'appearance', false),
    column('kind', '类型', 'Kind', 'item'),
    column('title_zh', '中文名称', 'Title (Chinese)', '暴露垃圾', false),
    column('title_en', '英文名称', 'Title (English)', 'Exposed rubbish', false),
    column('area', '适用区域', 'Area', '', false),
    column('state', '状态', 'State', 'active', false),
    column('severity', '级别', 'Severity', 'minor', false),
    column('accept', '接单时限', 'Accept within', '30 minutes', false),
    column('handle', '处置时限', 'Handle within', '4 working-hours', false),
    column('verify', '核查时限', 'Verify within', '1 working-days', false),
    column('skills', '所需技能', 'Skills', '', false),
    column('team', '承办班组', 'Team', '', false),
    column('proof', '证明', 'Proof', 'before-and-after', false),
    column('verifier', '核查人', 'Verified by', 'staff', false),
    column('residents', '居民可报', 'Residents may report it', 'yes', false),
    column('sensor_minutes', '传感器平静分钟数', 'Sensor quiet for (minutes)', '', false),
    column('instructions_zh', '中文处置说明', 'Instructions (Chinese)', '清理干净，拍照。', false),
    column('instructions_en', '英文处置说明', 'Instructions (English)', 'Clear it away, take photos.', false),
    column('checklist', '检查项', 'Checklist', 'clean | check | required | 已清净 | It is clean', false),
    column('alarm_domain', '告警领域', 'Domain of alarms', '', false),
    column('alarm_severities', '告警级别', 'Severities of alarms', '', false),
  ],
  devices: [
    column('id', '设备编号', 'Id', 'sunny/smoke-101'),
    column('domain', '领域', 'Domain', 'fire'),
    column('name', '名称', 'Name', '1 号楼 1F 烟感'),
    column('area', '区域编号', 'Area', 'building-1'),
    column('placement', '安装位置', 'Placement', '1F 走廊', false),
    column('labels', '规则标签', 'Labels', 'kitchen roof', false),
    column('longitude', '经度', 'Longitude', '116.3974', false),
    column('latitude', '纬度', 'Latitude', '39.9087', false),
  ],
  'calendar-days': [
    column('date', '日期', 'Date', '2026-02-14'),
    column('name', '名称', 'Name', '春节调休'),
    column('hours', '工作时间', 'Hours', '09:00-12:00 13:30-17:30', false),
  ],
};

/** Why a cell or a file cannot be used; the console translates each and says what to do. */
export const importErrorCodes = [
  'not-text',
  'no-rows',
  'too-many-rows',
  'malformed',
  'missing-column',
  'unknown-column',
  'required',
  'too-long',
  'duplicate',
  'bad-id',
  'bad-device-id',
  'bad-login',
  'bad-kind',
  'bad-role',
  'bad-locale',
  'bad-number',
  'bad-position',
  'bad-labels',
  'unknown-area',
  'wrong-level',
  'place-fixed',
  'domain-fixed',
  'outside-area',
  'role-not-allowed',
  'own-role',
  'person-inactive',
  'unknown-login',
  'no-officer',
  'bad-time',
  'shift-overlaps',
  'bad-team-kind',
  'ambiguous-team',
  'team-inactive',
  'lead-no-member',
  'too-many-members',
  'too-many-skills',
  'device-retired',
  'bad-code',
  'bad-state',
  'bad-severity',
  'bad-limit',
  'bad-proof',
  'bad-verifier',
  'bad-residents',
  'bad-minutes',
  'bad-skills',
  'bad-checklist',
  'kind-fixed',
  'area-fixed',
  'state-fixed',
  'not-yours',
  ...catalogueIssueCodes,
  'bad-date',
  'bad-hours',
  'too-many-days',
  'days-do-not-fit',
] as const;
export const importErrorSchema = z.object({
  /** As a spreadsheet counts, the first line being 1; 0 for the file as a whole. */
  line: z.number().int(),
  /** Name of the column, or '' when the whole line is meant. */
  column: z.string(),
  code: z.enum(importErrorCodes),
  value: z.string(),
});
export type ImportError = z.infer<typeof importErrorSchema>;
export type ImportErrorCode = ImportError['code'];

export const importMarks = ['added', 'changed', 'unchanged'] as const;
export const importRowSchema = z.object({
  line: z.number().int(),
  /** What the line is known by: an id, a login; of a shift who, and when it begins. */
  key: z.string(),
  name: z.string(),
  mark: z.enum(importMarks),
  changes: z.array(z.object({ column: z.string(), from: z.string(), to: z.string() })),
});
export type ImportRow = z.infer<typeof importRowSchema>;

export const importQuerySchema = z.object({
  /** `true`: only says what would happen. */
  preview: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});
export type ImportQuery = z.infer<typeof importQuerySchema>;

export const importResultSchema = z.object({
  applied: z.boolean(),
  encoding: z.string(),
  delimiter: z.string(),
  rows: z.array(importRowSchema),
  /** At most 1,000; with any of them nothing is applied. */
  errors: z.array(importErrorSchema),
  /** Secrets or first passwords of what was added, as CSV: in this answer and never again. */
  credentials: z.object({ fileName: z.string(), csv: z.string() }).nullable(),
});
export type ImportResult = z.infer<typeof importResultSchema>;
