// The overview's sentences, in its own part of the page: the first load goes without them.

import { language } from '../text';
import type { NeedName } from './types';

const plural = (n: number, one: string, many: string): string => (n === 1 ? `${n} ${one}` : `${n} ${many}`);

const en = {
  asOf: (time: string) => `as of ${time}`,
  log: (seq: number) => `log ${seq}`,
  reading: (read: number, of: number) => `${read} of ${of} participants are read; the figures fill up.`,
  ownSite: 'own site only',

  nobody: 'Nobody is enrolled yet.',
  nobodyHint: 'Pace, first attempts, survival and time to access appear here by themselves with the first enrolment.',
  toParticipants: 'To the participants',

  enrolment: 'Enrolment',
  ofTarget: (target: number | undefined) => (target === undefined ? 'enrolled' : `of ${target} enrolled`),
  pace: (now: string, plan: string) => `${now} a month against ${plan} planned`,
  ahead: (n: number) =>
    n === 0 ? 'as planned' : n > 0 ? `${n} ahead of plan` : `${-n} behind plan`,
  enrolledMark: (n: number) => `Enrolled ${n}`,
  lastEnrolment: 'last with day 90 inside',
  registeredEnd: 'registered end',
  projection: (target: number, day: string) =>
    `Projection, not a promise: at the pace so far participant ${target} is enrolled about ${day}.`,
  reached: (target: number) => `All ${target} are enrolled.`,
  needed: (day: string, rate: string) =>
    `To see day 90 before the registered end, the last must be enrolled by ${day}: ${rate} a month from now.`,
  tooLate: (day: string) => `Whoever is enrolled after ${day} cannot be followed to day 90 before the registered end.`,
  enrolmentFigure: (n: number, target: number | undefined) =>
    `Enrolment over time: ${n} enrolled${target === undefined ? '' : ` of ${target}`}`,

  attention: 'Needs attention',
  nothing: 'Nothing needs attention now.',
  more: (n: number) => `and ${n} more`,
  needs: {
    safety_late: 'SAE report, time is over',
    safety: 'SAE clock open',
    needle_out: 'Needle beyond 96 h',
    needle_justify: 'Needle beyond 24 h without a signed reason',
    needle_near: 'Needle near 24 h',
    attach: 'Provisional record not attached',
    consent: 'Consent deferred',
    queries: 'Queries open',
    overdue: 'Forms of visits begun, window over',
    missed: 'Visits missed, nothing begun',
    due: 'Visits due now',
  } as Record<NeedName, string>,
  inParticipants: (n: number) => `in ${plural(n, 'participant', 'participants')}`,
  since: (time: string) => `since ${time}`,
  due: (time: string) => `due ${time}`,

  flow: 'Screening flow',
  screened: 'Screened',
  since_: (day: string) => `since ${day}`,
  eligible: 'Eligible',
  notEligible: (n: number, open: number) =>
    [n > 0 ? `${n} not eligible` : '', open > 0 ? `${open} not decided` : ''].filter(Boolean).join(', '),
  consented: 'Consented',
  notConsented: (missed: number, declined: number, noNeed: number, died: number, deferred: number) =>
    [
      missed > 0 ? `${missed} missed` : '',
      declined > 0 ? `${declined} declined` : '',
      noNeed > 0 ? `${noNeed} without need` : '',
      died > 0 ? `${died} died before` : '',
      deferred > 0 ? `${deferred} deferred` : '',
    ]
      .filter(Boolean)
      .join(', '),
  enrolled: 'Enrolled',
  placed: 'Needle placed',
  failed: (n: number) => `${n} without success`,
  day28: 'Day 28 known',
  day28Rest: (notYet: number, unknown: number) =>
    [notYet > 0 ? `${notYet} not yet there` : '', unknown > 0 ? `${unknown} not known` : ''].filter(Boolean).join(', '),

  needles: 'Needles in place now',
  needlesHint: 'Hours since the puncture that succeeded. Removal within 24 h; at most 96 h with a written exception.',
  noNeedles: 'No needle is in place.',
  target: '24 h target',
  limit: '96 h limit',
  hours: (h: string) => `${h} h`,
  left: (h: string) => `${h} h to 24 h`,
  decide: (h: string) => `${h} h to 24 h · decide now`,
  justified: 'reason signed',
  unjustified: 'no signed reason · remove or justify',
  out: 'beyond 96 h · remove now',
  bed: (bed: string) => `Bed ${bed}`,
  needle: 'Needle',

  first: 'First-attempt success',
  firstHint: 'Primary. Participants with a first skin puncture; a missing result counts as failure.',
  interval: (low: string, high: string) => `95 % CI ${low}–${high}`,
  wilson: (low: string, high: string) => `95 % CI ${low}–${high} (Wilson)`,
  exact: (low: string, high: string) => `Clopper–Pearson ${low}–${high}`,
  missing: (n: number) => (n === 0 ? 'no result missing' : plural(n, 'result missing', 'results missing')),
  notYet: 'Not estimable yet: nobody to count.',

  survival: 'Overall survival',
  survivalHint: (n: number) => `Primary. From enrolment; Kaplan–Meier with 95 % band (log-log). Tick: censored. n = ${n}`,
  alive: (day: number) => `alive at day ${day}`,
  days: 'Days since enrolment',
  atRisk: 'At risk',
  censored: 'Censored',
  events: 'Deaths',
  survivalSaid: (day: number, percent: string, at: number) => `day ${day}: ${percent}, ${at} at risk`,
  notFollowed: 'nobody was followed that long',

  access: 'Time to access',
  accessHint: (n: number) => `Decision to first infusion, minutes, first insertion; n = ${n}`,
  accessMissing: (n: number) => plural(n, 'time missing', 'times missing'),
  median: (m: string, low: string, high: string) => `Median ${m} (IQR ${low}–${high})`,
  never: (n: number) => `${n} without access`,
  minutes: 'minutes',

  needleFlow: 'Flow through the needle',
  needleFlowHint: 'Timed tests with the clamp open, mL/min: median and middle half',
  noFlow: 'No timed flow test yet.',
  flowFigure: (m: string, low: string, high: string, n: number) => `${m} (${low}–${high}) · n = ${n}`,

  other: 'Other endpoints so far',
  otherHint: 'With the outcome / can be judged; Wilson 95 % CI',
  two: 'Success within 2 attempts',
  efficacy: 'Efficacy composite at 24 h',
  efficacyNote: 'primary; definition proposed, to be confirmed by the sponsor',
  recovery: 'Hemodynamic recovery at 6 h',
  recoveryNote: 'unstable at baseline',
  stable: 'Vasoactive delivery stable',
  stableNote: '≥ 1 h through the needle',
  harm: 'Registered harms, any',
  missingHere: (n: number) => (n === 0 ? '' : `${n} without result count as no`),
  leftOut: (n: number) => (n === 0 ? '' : `${n} cannot be judged, left out`),
  harmOf: (term: string, n: number) => `${term.toLowerCase()} ${n}`,
  removed: 'Removed within 24 h',
  removedNote: (n: number) => (n === 0 ? 'insertions that ended' : `insertions that ended; ${n} still in place`),

  completeness: 'Completeness by form and visit',
  completenessHint:
    'Percent of the expected fields of forms that are begun; a stated reason counts as answered. Boxed: below 90.',
  form: 'Form',
  cell: (form: string, event: string, answered: number, expected: number, forms: number) =>
    `${form}, ${event}: ${answered} of ${expected} fields, ${plural(forms, 'form', 'forms')}`,
};

type Words = typeof en;

const join = (parts: string[]): string => parts.filter(Boolean).join('，');

const zh: Words = {
  asOf: (time) => `截至 ${time}`,
  log: (seq) => `日志 ${seq}`,
  reading: (read, of) => `已读取 ${read} / ${of} 例，数字会逐步补全。`,
  ownSite: '仅本中心',

  nobody: '尚无受试者入组。',
  nobodyHint: '首例入组后，入组速度、首次穿刺、生存和建立通路时间会自动显示在此。',
  toParticipants: '前往受试者列表',

  enrolment: '入组',
  ofTarget: (target) => (target === undefined ? '例已入组' : `/ ${target} 例已入组`),
  pace: (now, plan) => `每月 ${now} 例，计划 ${plan} 例`,
  ahead: (n) => (n === 0 ? '与计划一致' : n > 0 ? `超计划 ${n} 例` : `落后计划 ${-n} 例`),
  enrolledMark: (n) => `已入组 ${n}`,
  lastEnrolment: '末例入组（含第 90 天）',
  registeredEnd: '注册截止日',
  projection: (target, day) => `仅为推算，并非承诺：按目前速度，约 ${day} 入组第 ${target} 例。`,
  reached: (target) => `${target} 例已全部入组。`,
  needed: (day, rate) => `若要在注册截止日前完成第 90 天随访，末例须在 ${day} 前入组：此后每月 ${rate} 例。`,
  tooLate: (day) => `${day} 之后入组者无法在注册截止日前随访至第 90 天。`,
  enrolmentFigure: (n, target) => `入组随时间变化：已入组 ${n}${target === undefined ? '' : ` / ${target}`} 例`,

  attention: '待处理',
  nothing: '目前没有待处理事项。',
  more: (n) => `另有 ${n} 例`,
  needs: {
    safety_late: '严重不良事件报告已超时',
    safety: '严重不良事件报告计时中',
    needle_out: '留置超过 96 小时',
    needle_justify: '留置超过 24 小时且无签署理由',
    needle_near: '留置接近 24 小时',
    attach: '临时记录未关联',
    consent: '延迟同意',
    queries: '未关闭的质疑',
    overdue: '已开始访视中逾期未完成的表单',
    missed: '错过的访视（未开始）',
    due: '当前到期的访视',
  },
  inParticipants: (n) => `涉及 ${n} 例受试者`,
  since: (time) => `自 ${time}`,
  due: (time) => `截止 ${time}`,

  flow: '筛选流程',
  screened: '筛选',
  since_: (day) => `自 ${day}`,
  eligible: '符合条件',
  notEligible: (n, open) => join([n > 0 ? `${n} 例不符合` : '', open > 0 ? `${open} 例未判定` : '']),
  consented: '已知情同意',
  notConsented: (missed, declined, noNeed, died, deferred) =>
    join([
      missed > 0 ? `错过 ${missed}` : '',
      declined > 0 ? `拒绝 ${declined}` : '',
      noNeed > 0 ? `无需置针 ${noNeed}` : '',
      died > 0 ? `入组前死亡 ${died}` : '',
      deferred > 0 ? `延迟同意 ${deferred}` : '',
    ]),
  enrolled: '已入组',
  placed: '置针成功',
  failed: (n) => `${n} 例未成功`,
  day28: '第 28 天结局已知',
  day28Rest: (notYet, unknown) =>
    join([notYet > 0 ? `${notYet} 例未到期` : '', unknown > 0 ? `${unknown} 例未知` : '']),

  needles: '目前在位的骨髓针',
  needlesHint: '自成功穿刺起的小时数。24 小时内拔除；书面例外最长 96 小时。',
  noNeedles: '目前没有在位的骨髓针。',
  target: '24 小时目标',
  limit: '96 小时上限',
  hours: (h) => `${h} 小时`,
  left: (h) => `距 24 小时还有 ${h} 小时`,
  decide: (h) => `距 24 小时还有 ${h} 小时 · 请立即决定`,
  justified: '理由已签署',
  unjustified: '无签署理由 · 请拔针或说明理由',
  out: '超过 96 小时 · 请立即拔针',
  bed: (bed) => `${bed} 床`,
  needle: '骨髓针',

  first: '首次穿刺成功',
  firstHint: '主要终点。已行首次皮肤穿刺的受试者；结果缺失按失败计。',
  interval: (low, high) => `95% 置信区间 ${low}–${high}`,
  wilson: (low, high) => `95% 置信区间 ${low}–${high}（Wilson 法）`,
  exact: (low, high) => `Clopper–Pearson 法 ${low}–${high}`,
  missing: (n) => (n === 0 ? '无缺失结果' : `${n} 例结果缺失`),
  notYet: '尚无法估计：没有可计数的受试者。',

  survival: '总生存',
  survivalHint: (n) => `主要终点。自入组起；Kaplan–Meier，95% 置信带（log-log）。竖线为删失。n = ${n}`,
  alive: (day) => `第 ${day} 天生存`,
  days: '入组后天数',
  atRisk: '风险人数',
  censored: '删失',
  events: '死亡',
  survivalSaid: (day, percent, at) => `第 ${day} 天：${percent}，风险人数 ${at}`,
  notFollowed: '尚无人随访至此',

  access: '建立通路时间',
  accessHint: (n) => `决定置针至首次输注，分钟，首次置针；n = ${n}`,
  accessMissing: (n) => `${n} 例时间缺失`,
  median: (m, low, high) => `中位数 ${m}（四分位距 ${low}–${high}）`,
  never: (n) => `${n} 例未建立通路`,
  minutes: '分钟',

  needleFlow: '骨髓针流速',
  needleFlowHint: '开放调节夹的计时测试，mL/min：中位数与四分位距',
  noFlow: '尚无计时流速测试。',
  flowFigure: (m, low, high, n) => `${m}（${low}–${high}）· n = ${n}`,

  other: '其他终点（截至目前）',
  otherHint: '达到 / 可评价；Wilson 法 95% 置信区间',
  two: '两次内穿刺成功',
  efficacy: '24 小时疗效复合终点',
  efficacyNote: '主要终点；定义为建议稿，须由申办方确认',
  recovery: '6 小时血流动力学恢复',
  recoveryNote: '基线不稳定者',
  stable: '血管活性药输注稳定',
  stableNote: '经骨髓针 ≥ 1 小时',
  harm: '登记的不良事件（任一）',
  missingHere: (n) => (n === 0 ? '' : `${n} 例无结果，按未达到计`),
  leftOut: (n) => (n === 0 ? '' : `${n} 例无法评价，未计入`),
  harmOf: (term, n) => `${term} ${n}`,
  removed: '24 小时内拔针',
  removedNote: (n) => (n === 0 ? '已结束的置针' : `已结束的置针；${n} 针仍在位`),

  completeness: '各表单与访视的完整率',
  completenessHint: '已开始表单中应填字段的录入百分比，已说明缺失原因视为已填。加框：低于 90。',
  form: '表单',
  cell: (form, event, answered, expected, forms) => `${form}，${event}：${expected} 个字段已填 ${answered} 个，${forms} 份表单`,
};

export function words(): Words {
  return language.value === 'zh' ? zh : en;
}
