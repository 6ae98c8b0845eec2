/** What a support engineer writes to the customer of a request. */
import type { CaseState } from '../case/state';
import { textOf } from '../sop/field';
import { lastCheck } from '../sop/requestStatus';
import { fill, type Language, type Words, w } from '../words';
import { letter, subject } from './letter';

/** It is formally submitted, and the manager takes over (spec L48). */
export function requestReceived(state: CaseState, language: Language): string {
  const manager = textOf(state.values['submit'], 'manager').trim();
  return letter(
    state,
    language,
    fill(
      w(
        'Thank you for your suggestion. {0} has been formally submitted to our company.',
        '感谢您的宝贵建议，{0}已正式提交至公司。',
      ),
      subject(state),
    ),
    manager === ''
      ? w('Our project manager takes over from here.', '后续将由项目经理负责对接。')
      : fill(w('Our project manager {0} takes over from here.', '后续将由项目经理 {0} 负责对接。'), manager),
    fill(
      w('Its number is {0}. We will tell you about every step.', '需求编号 {0}，后续有进展我们会第一时间同步给您。'),
      state.id,
    ),
  );
}

const sentences: Readonly<Record<string, Words>> = {
  waiting: w('{0} is waiting to be evaluated.', '{0}目前待评估。'),
  underEvaluation: w('{0} is now being evaluated.', '{0}已纳入评估。'),
  scheduled: w('{0} is scheduled for version {1}.', '{0}已排期至 {1} 版本。'),
  inDevelopment: w('{0} is in development.', '{0}已进入开发阶段。'),
  released: w('{0} has been released in version {1}.', '{0}已在 {1} 版本中发布。'),
  notAdopted: w('{0} is not adopted at present, for this reason:', '{0}经评估暂不采纳，原因如下：'),
  other: w('{0} has come to a conclusion:', '{0}已有结论：'),
};

/** The status as the manager told it, with its version or its reason word for word (spec L51). */
export function requestStatus(state: CaseState, language: Language): string | undefined {
  const check = lastCheck(state);
  const sentence = check && sentences[check.status];
  if (!check || !sentence) return undefined;
  return letter(
    state,
    language,
    fill(sentence, subject(state), check.version),
    // the guard looks for the reason exactly as it was written down
    check.reason !== '' && w(check.reason, check.reason),
    closingSentence(check.status, check.final),
  );
}

function closingSentence(status: string, final: boolean): Words {
  if (status === 'released')
    return w('Please try it; we look forward to your impressions.', '欢迎升级体验，期待您的反馈。');
  if (status === 'other' || (status === 'notAdopted' && final)) {
    return w(
      'If you see it differently or something has changed, please tell us.',
      '如您有不同意见或业务情况有变化，请随时告知我们。',
    );
  }
  if (status === 'notAdopted') {
    return w('We will raise it again later and keep you informed.', '后续我们会继续跟进评估，有变化及时与您同步。');
  }
  return w('We will go on asking and keep you informed.', '我们会持续跟进，有新进展及时与您同步。');
}
