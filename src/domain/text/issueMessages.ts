/** What a support engineer writes to the customer of an issue, ready to be changed and sent. */
import type { CaseState } from '../case/state';
import { textOf, type Values } from '../sop/field';
import { currentPlan } from '../sop/issueFix';
import { fill, type Language, w } from '../words';
import { longDate, moment } from './describe';
import { intakeOf, letter, quoted, subject } from './letter';

/** We have it and are on it: the first response (spec L25). */
export function acknowledgement(state: CaseState, language: Language): string {
  return letter(
    state,
    language,
    fill(
      w(
        'Thank you for your report. We have recorded {0} as case {1} and are looking into it now.',
        '您反馈的{0}我们已收到并登记，受理编号 {1}，正在为您分析处理。',
      ),
      subject(state),
      state.id,
    ),
    state.urgency === 'urgent' &&
      w(
        'It is being handled as urgent, and our R&D lead has been informed.',
        '该问题已按紧急情况处理，并已同步研发负责人。',
      ),
    w(
      'We will keep you informed of every step. If anything changes on your side, just reply here.',
      '后续进展我们会及时与您同步；如现场情况有变化，请随时联系我们。',
    ),
  );
}

/** The engineer's own words; empty while nothing is known that helps. */
export function knownWorkaround(state: CaseState): string {
  return textOf(state.values['assess'], 'workaroundText').trim() || (state.emergency?.workaround?.text ?? '');
}

/** What helps until it is fixed (spec L26); undefined while nothing is known that does. */
export function workaround(state: CaseState, language: Language): string | undefined {
  const text = knownWorkaround(state);
  if (text === '') return undefined;
  return letter(
    state,
    language,
    fill(
      w(
        'Until {0} is solved, you can work around it like this:',
        '关于{0}，在问题彻底解决之前，您可以先按以下方法临时规避：',
      ),
      subject(state),
    ),
    quoted(text),
    w(
      'Please let us know whether this works for you. We go on working on the solution.',
      '操作后请告知我们是否有效。问题仍在持续处理中，有进展会第一时间同步给您。',
    ),
  );
}

/** The plan with version and date, or what was decided instead, and the question whether it is accepted (spec L31). */
export function planMessage(state: CaseState, language: Language): string | undefined {
  const plan = currentPlan(state);
  if (!plan) return undefined;
  if (plan.kind === 'support') return supportMessage(state, plan.approach, language);
  if (plan.kind === 'decline') return declineMessage(state, plan.disposition, plan.approach, language);
  return letter(
    state,
    language,
    plan.revision > 1 && state.plans.some((entry) => entry.kind === 'fix' && entry.revision < plan.revision)
      ? fill(
          w('The plan for {0} has changed. This is the plan now:', '{0}的修复计划有调整，最新安排如下：'),
          subject(state),
        )
      : fill(w('Here is the plan for {0}:', '您反馈的{0}已有修复计划，同步如下：'), subject(state)),
    fill(
      w('Fix: {0}\nExpected version: {1}\nExpected date: {2}', '修复方案：{0}\n预计修复版本：{1}\n预计修复时间：{2}'),
      plan.approach.trim(),
      plan.version,
      longDate(plan.date, language),
    ),
    w(
      'Please tell us whether this version and date suit you. Once it is released and has passed our own tests, we will arrange the upgrade with you.',
      '请确认以上版本和时间是否可以接受。版本发布并经我方验证通过后，我们会与您预约升级时间。',
    ),
  );
}

function supportMessage(state: CaseState, solution: string, language: Language): string {
  return letter(
    state,
    language,
    fill(w('{0} can be solved as follows:', '您反馈的{0}可以按以下方法解决：'), subject(state)),
    quoted(solution),
    w(
      'Please try it and tell us whether that solves it. If so, we will close the case with your agreement.',
      '请您操作后告知结果。如问题已解决，经您确认后我们将关闭此案例。',
    ),
  );
}

function declineMessage(state: CaseState, disposition: string, explanation: string, language: Language): string {
  const isByDesign = disposition === 'notADefect';
  return letter(
    state,
    language,
    fill(
      isByDesign
        ? w(
            'R&D has examined {0} and found that the product works as designed here:',
            '关于{0}，经研发分析确认，该现象不属于产品缺陷，说明如下：',
          )
        : w(
            'R&D has examined {0}; a fix is not planned, for this reason:',
            '关于{0}，经研发评估，暂不安排修复，原因如下：',
          ),
      subject(state),
    ),
    quoted(explanation),
    w(
      'Please tell us whether you agree, or if something speaks against it on your side, so that we can take it up with R&D again.',
      '请确认您是否认可。如您有不同意见或补充情况，请告知我们，我们会再与研发沟通。',
    ),
  );
}

/** The appointment for the upgrade (spec L32, L86). */
export function schedule(state: CaseState, language: Language, appointment?: Values): string | undefined {
  const values = appointment ?? state.verification.appointment?.values ?? state.values['appoint'];
  const [start, end, zone] = ['start', 'end', 'zone'].map((key) => textOf(values, key));
  if (!start || !end) return undefined;
  const version = currentPlan(state)?.version ?? '';
  const time = `${moment(start, language)} – ${moment(end, language)}${zone ? ` ${zone}` : ''}`;
  return letter(
    state,
    language,
    version === ''
      ? fill(
          w('The fix for {0} is ready and has passed our tests.', '{0}的修复版本已就绪，并已通过我方验证。'),
          subject(state),
        )
      : fill(
          w(
            'Version {1} with the fix for {0} is ready and has passed our tests.',
            '修复{0}的版本 {1} 已就绪，并已通过我方验证。',
          ),
          subject(state),
          version,
        ),
    fill(w('We have agreed on this time for the upgrade: {0}', '升级时间与您约定为：{0}'), time),
    w(
      'Please have a backup ready and somebody at hand who can confirm the result afterwards. If the time no longer suits you, just tell us.',
      '请提前做好数据备份，并安排人员在升级后配合验证。如时间有变化，请提前告知我们。',
    ),
  );
}

/** It is solved, or concluded as agreed, and the case is closed (spec L33). */
export function closing(state: CaseState, language: Language): string {
  const disposition = textOf(state.values['close'], 'disposition') || (currentPlan(state)?.disposition ?? '');
  const version = textOf(state.verification.upgrade?.values, 'toVersion') || intakeOf(state, 'version');
  const result =
    disposition === 'fixed'
      ? w(
          'Thank you for confirming that {0} is solved in version {1}. We have closed the case.',
          '感谢您的配合，{0}已在版本 {1} 中解决并经您确认，本案例现已关闭。',
        )
      : w(
          'As agreed with you, we have closed the case about {0}.',
          '关于{0}，已按与您确认的结论处理完毕，本案例现已关闭。',
        );
  return letter(
    state,
    language,
    fill(result, subject(state), version),
    fill(
      w(
        'Should it come back, reply with case {0} and we will take it up again at once.',
        '如后续再次出现，请提供编号 {0}，我们会立即跟进。感谢您的支持！',
      ),
      state.id,
    ),
  );
}
