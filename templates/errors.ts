import type { Data } from '../domain/case';
import type { FieldTroubleCode } from '../domain/form';
import type { Text } from '../domain/plan';

/** One sentence for each code with which a case or the API says no. */
const SENTENCES = {
  // A case would not (domain/).
  'not-now': ({ possible }) =>
    says(
      `现在的状态下不能这样做${list(possible, '；可以做的有：')}`,
      `this cannot be done in its present state${list(possible, '; what can be done: ')}`,
    ),
  'case-closed': () => says('已经结束，不能再办理', 'it is closed; nothing more can be done'),
  'unknown-obligation': ({ obligation }) =>
    says(`没有报送事项“${obligation}”`, `there is no obligation "${obligation}"`),
  'date-passed': ({ today }) => says(`日期已过，今天是 ${today}`, `that day has passed; today is ${today}`),
  'date-not-later': ({ than }) => says(`日期必须晚于 ${than}`, `the day must be later than ${than}`),
  'already-acknowledged': ({ at }) => says(`已于 ${at} 签收`, `it was acknowledged at ${at}`),
  'already-decided': () => says('您已对这一步作出决定', 'you have decided this step already'),
  'extension-too-late': ({ due }) =>
    says(`截止日 ${due} 已过，不能再申请延期`, `the due day ${due} has passed; an extension can no longer be asked`),
  'not-your-turn': ({ with: role }) =>
    says(`现在由${roleName(role).zh}办理`, `it now lies with the ${roleName(role).en}`),
  'nothing-asked': () => says('没有待决定的延期申请', 'no extension has been asked for'),
  'nothing-to-review': () => says('该事项不需要审核', 'this obligation has no review'),
  'own-submission': () => says('不能审核本人填报或签字的材料', 'nobody reviews what they filed or signed themselves'),
  'stale-version': () =>
    says('材料已有新版本，请查看后再决定', 'there is a newer version; look at it before you decide'),
  'precondition-failed': () =>
    says(
      '您查看之后内容已有变化，未作任何处理，请看变化后再办',
      'it has changed since you looked at it; nothing was done',
    ),
  'talk-not-proposed': () => says('没有待办理的约谈建议', 'no talk is proposed'),
  refused: ({ code }) => says(`不能办理（${code}）`, `this was refused (${code})`),

  // Who asks.
  unauthenticated: () => says('请提供有效的令牌', 'a valid bearer token is needed'),
  forbidden: () => says('您的角色不能办理此事', 'your role may not do this'),
  'not-found': () => says('没有找到', 'there is no such thing'),
  'too-many-requests': () => says('请求过于频繁，请稍后再试', 'too many requests; try again a little later'),

  // How it was asked.
  'no-such-route': () => says('没有这个地址', 'there is no such address'),
  'method-not-allowed': ({ allow }) => says(`该地址只接受 ${allow}`, `this address takes only ${allow}`),
  'malformed-request': () => says('请求格式有误', 'the request is malformed'),
  'malformed-if-match': () => says('If-Match 应为 ETag 给出的值或 *', 'If-Match must be what an ETag said, or *'),
  'malformed-json': () => says('请求内容不是有效的 JSON', 'the body is not valid JSON'),
  'body-too-large': () => says('请求内容太大', 'the body is too large'),
  'unsupported-media-type': ({ expected }) => says(`请求内容的类型应为 ${expected}`, `the body must be ${expected}`),
  'invalid-input': () => says('填写的内容有误，见各字段', 'something is wrong with the input; see the fields'),
  'idempotency-key-missing': () =>
    says(
      '缺少 Idempotency-Key：1 至 128 个可见字符，每次办理用一个新的',
      'the header Idempotency-Key is missing: 1 to 128 visible characters, a new one for each act',
    ),
  'idempotency-key-reused': () =>
    says('该 Idempotency-Key 已用于另一请求', 'this Idempotency-Key was used for another request'),

  // What it was about.
  'plan-unreadable': () => says('无法读取方案，见各处说明', 'the plan cannot be read; see the places named'),
  'plan-refused': () => says('方案有未解决的错误，不能启动', 'the plan has errors that are neither mended nor waived'),
  'list-refused': () => says('名单有误，未导入任何单位', 'something is wrong with the list; nothing was imported'),
  'unit-unknown': ({ unit }) => says(`没有编码为“${unit}”的单位`, `there is no unit with the code "${unit}"`),
  'already-on-roster': () => says('这些单位都已在名单中', 'all of these units take part already'),
  'form-incomplete': () => says('表单填写不完整，见各字段', 'the form is incomplete or wrong; see the fields'),
  'paper-needed': () => says('代录须附盖章件的扫描件', 'what the office enters needs the scan of the stamped paper'),
  'paper-not-allowed': () => says('只有管理员代录时才附扫描件', 'only what the office enters comes with a paper'),
  'scan-unreadable': () =>
    says('扫描件应为 PDF、JPEG 或 PNG，以 base64 编码', 'the scan must be PDF, JPEG or PNG, in base64'),
  'attachment-type': ({ accepted }) =>
    says(`附件内容须为以下类型之一：${accepted}`, `an attachment must be, by its content, one of: ${accepted}`),
  'attachment-too-large': ({ mostMB }) => says(`附件超过 ${mostMB} MB`, `the attachment is larger than ${mostMB} MB`),
  'attachment-cut-off': () => says('附件没有传完', 'the attachment did not arrive whole'),
  'range-not-satisfiable': ({ size }) => says(`文件只有 ${size} 字节`, `the file has ${size} bytes`),
  'role-needs-unit': () => says('填报员和单位负责人的令牌须指定单位', 'the token of a filer or head needs a unit'),
  'too-many-feeds': ({ most }) =>
    says(
      `最多可有 ${most} 个日历订阅，请先删除不用的`,
      `there may be ${most} calendar feeds; end one you no longer use`,
    ),
  'not-dead': () => says('它不在死信中，无需重发', 'it is not among the dead letters'),
  'rehearsal-busy': () => says('演练正在推进中', 'somebody is moving the rehearsal already'),
  'rehearsal-stuck': () =>
    says(
      '演练停在一个失败的步骤上，请看死信和日志',
      'the rehearsal waits for something that keeps failing; see dead letters and logs',
    ),

  // What is away.
  'outcome-unknown': () =>
    says(
      '暂时不知道结果，请稍后用同一 Idempotency-Key 重试，不会重复办理',
      'the outcome is not known yet; repeat with the same Idempotency-Key, it will not be done twice',
    ),
  'not-started-yet': () => says('该单位的任务正在启动，请稍后再试', 'the case of this unit is being started'),
  'store-away': () => says('数据库暂时不可用，请稍后再试', 'the database is away; try again a little later'),
  starting: () => says('系统正在启动，请稍后再试', 'the system is starting; try again a little later'),
  internal: () => says('系统内部错误，已记录', 'something went wrong here; it has been logged'),
} satisfies Record<string, (data: Data) => Text>;

export type ErrorCode = keyof typeof SENTENCES;

/** The sentence for a code; a kind of case that brings a code of its own is refused in general words. */
export function errorText(code: string, data: Data): Text {
  const sentence: ((data: Data) => Text) | undefined = SENTENCES[code as ErrorCode];
  return sentence ? sentence(data) : SENTENCES.refused({ code });
}

export const ERROR_CODES = Object.keys(SENTENCES) as ErrorCode[];

/** What an HTTP status means to people. */
export const STATUS_TITLES: Record<number, Text> = {
  400: says('请求有误', 'Bad request'),
  401: says('需要身份验证', 'Not authenticated'),
  403: says('没有权限', 'Not allowed'),
  404: says('没有找到', 'Not found'),
  405: says('方法不允许', 'Method not allowed'),
  409: says('不能办理', 'Refused'),
  412: says('内容已变化', 'Changed meanwhile'),
  413: says('内容太大', 'Too large'),
  415: says('内容类型不支持', 'Unsupported type'),
  416: says('范围无效', 'Range not satisfiable'),
  422: says('内容有误', 'Invalid content'),
  429: says('请求过于频繁', 'Too many requests'),
  500: says('内部错误', 'Internal error'),
  503: says('暂时不可用', 'Temporarily unavailable'),
};

/** What is wrong with a field of a form. */
export const FIELD_TROUBLES: Record<FieldTroubleCode, Text> = {
  'field-missing': says('必须填写', 'must be filled in'),
  'field-unknown': says('表单中没有这一项', 'the form has no such field'),
  'not-text': says('应为文字', 'must be text'),
  'too-long': says('内容太长', 'is too long'),
  'not-a-number': says('应为数字', 'must be a number'),
  'not-a-date': says('应为真实日期，格式 YYYY-MM-DD', 'must be a real day, written YYYY-MM-DD'),
  'not-yes-or-no': says('应为 true 或 false', 'must be true or false'),
  'not-rows': says('应为若干行', 'must be rows'),
  'too-many-rows': says('行数太多，最多 1000 行', 'has too many rows; at most 1000'),
};

/** What our own input schemas say; an `error` in them is a key of this table. */
export const INPUT_TROUBLES: Record<string, Text> = {
  'input-missing': says('缺少此项', 'is missing'),
  'input-date': says('应为真实日期，格式 YYYY-MM-DD', 'must be a real day, written YYYY-MM-DD'),
  'input-instant': says('应为日期 YYYY-MM-DD 或带时区的时刻', 'must be a day YYYY-MM-DD or an instant with its zone'),
  'input-digest': says('应为 64 位十六进制摘要', 'must be a digest of 64 hex digits'),
  'input-cursor': says('不是本列表给出的游标', 'is not a cursor of this list'),
  'input-attachment': says('没有上传到本单位的这个附件', 'is no attachment uploaded to this unit campaign'),
  'input-file-name': says('应为文件名，不含控制字符', 'must be a file name without control characters'),
  'input-field': says('不是名单中的字段', 'is no field of a unit list'),
  'input-mapping': says(
    '应为 {列名: 字段} 形式的 JSON，最多 256 列',
    'must be {header: field} in JSON, at most 256 of them',
  ),
  'input-mapping-unknown': says('没有以此名保存的对应关系', 'no mapping was kept under this name'),
  'input-one-of': says('days 和 to 只能填一个', 'give either days or to'),
};

const ROLES: Record<string, Text> = {
  admin: says('管理员', 'campaign office'),
  reviewer: says('领域审核员', 'reviewer of the sector'),
  leader: says('委领导', 'leader'),
};

function roleName(role: Data[string]): Text {
  return ROLES[String(role)] ?? says(String(role), String(role));
}

function list(items: Data[string], before: string): string {
  return Array.isArray(items) && items.length > 0 ? `${before}${items.join(', ')}` : '';
}

function says(zh: string, en: string): Text {
  return { zh, en };
}
