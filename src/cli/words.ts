/** What the command line says when something goes wrong: what happened, what was kept, what to do. */
import { GitError, type GitFailure, StoreError } from '../domain/ports';
import { PeriodError } from '../domain/report/period';
import { ReportOutputError } from '../domain/report/reportOutputs';
import { ReportShelfError } from '../domain/report/reportShelf';
import { fill, w, type Words } from '../domain/words';

/** The figures would not be the team's. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(
    /** Names of the parts that can't be read. */
    readonly parts: readonly string[],
    /** Absolute path. */
    readonly path: string,
  ) {
    super(parts.join());
  }
}

/** There is no casebook in the folder. */
export class NoCasebookError extends Error {
  override readonly name = 'NoCasebookError';
  constructor(readonly folder: string) {
    super(folder);
  }
}

/** A report on nothing would be taken for one on a quiet period. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
  constructor(
    readonly kind: 'customer' | 'product',
    readonly asked: string,
  ) {
    super(asked);
  }
}

/** What is made final must be whole. */
export class UnreadCasesError extends Error {
  override readonly name = 'UnreadCasesError';
  constructor(readonly paths: readonly string[]) {
    super(paths.join());
  }
}

/** Cases that the figures lack. */
export function unreadWarning(paths: readonly string[]): Words {
  return fill(
    w(
      'Case files that cannot be read: {0}, first {1}. The report lacks them; mend them, then make it again.',
      '有 {0} 个案例文件无法读取（首个为 {1}），未计入报告。请修复后重新生成。',
    ),
    String(paths.length),
    paths[0] ?? '',
  );
}

export const wasFrozen = (period: string): Words =>
  fill(
    w('{0} was frozen before: its files are written from the frozen report.', '{0} 此前已定稿，文件按定稿内容输出。'),
    period,
  );

/** @param path absolute */
export const wasKeptAside = (path: string): Words =>
  fill(w('What a hand had written in the report is kept in {0}.', '报告中手工修改的内容保留在 {0}。'), path);

export const readingCases = w('Reading the cases…', '正在读取案例…');
export const makingReport = (period: string): Words =>
  fill(w('Making the report on {0}…', '正在生成 {0} 的报告…'), period);

/** @param reports absolute path of the folder with the casebook's reports */
export function sentenceOf(error: unknown, reports: string): Words {
  if (error instanceof NoCasebookError) {
    return fill(
      w(
        'There is no casebook in {0}: it has no casebook.json. Nothing was written; check --casebook.',
        '{0} 中没有 casebook.json，不是案例库。未写入任何文件，请检查 --casebook。',
      ),
      error.folder,
    );
  }
  if (error instanceof SettingsError) {
    return fill(
      w(
        '{0} cannot be read ({1}), and its figures would be wrong. Nothing was written; mend the file, then run this again.',
        '无法读取 {0}（{1}），数据会不准确。未写入任何文件，请修正该文件后重新运行。',
      ),
      error.path,
      w(error.parts.join(', '), error.parts.join('、')),
    );
  }
  if (error instanceof UnreadCasesError) {
    return fill(
      w(
        'Not frozen, and nothing was written. Case files that cannot be read: {0}, first {1}. Mend them, or make the report without --freeze.',
        '有 {0} 个案例文件无法读取（首个为 {1}），因此未定稿，也未写入任何文件。请先修复，或去掉 --freeze 生成报告。',
      ),
      String(error.paths.length),
      error.paths[0] ?? '',
    );
  }
  if (error instanceof UnknownNameError) {
    const sentence =
      error.kind === 'customer'
        ? w(
            'No customer is called "{0}", neither in casebook.json nor in a case. Nothing was written; check --customer.',
            'casebook.json 和案例中都没有名为“{0}”的客户。未写入任何文件，请检查 --customer。',
          )
        : w(
            'No product is called "{0}", neither in casebook.json nor in a case. Nothing was written; check --product.',
            'casebook.json 和案例中都没有名为“{0}”的产品。未写入任何文件，请检查 --product。',
          );
    return fill(sentence, error.asked);
  }
  if (error instanceof PeriodError) return periodSentence(error);
  if (error instanceof ReportShelfError) return shelfSentence(error);
  if (error instanceof ReportOutputError) return outputSentence(error);
  if (error instanceof GitError) {
    return fill(
      w(
        'The report is written to {0}, but not committed: {1}. Then run this again with --commit.',
        '报告已写入 {0}，但未提交：{1}。处理后请用 --commit 重新运行。',
      ),
      reports,
      gitReason(error.reason, error.output),
    );
  }
  if (error instanceof StoreError) return storeSentence(error);
  const reason = error instanceof Error ? error.message : String(error);
  return fill(
    w(
      'The report could not be made: {0}. The cases are as they were; run this again.',
      '未能生成报告：{0}。案例未受影响，请重新运行。',
    ),
    reason,
  );
}

function outputSentence({ reason, period }: ReportOutputError): Words {
  return reason === 'frozen'
    ? fill(
        w(
          'Somebody else has frozen {0} in the meantime. Nothing was written; run this again for its files.',
          '{0} 刚被他人定稿。未写入任何文件，如需报告文件请重新运行。',
        ),
        period,
      )
    : fill(
        w(
          'Not frozen: {0} is not over yet. Nothing was written; freeze its report when it is, or make it without --freeze.',
          '{0} 尚未结束，不能定稿。未写入任何文件，请在周期结束后定稿，或去掉 --freeze 生成报告。',
        ),
        period,
      );
}

function periodSentence({ reason, text }: PeriodError): Words {
  switch (reason) {
    case 'form':
      return fill(
        w(
          'There is no period {0}. Nothing was written; write 2026-09 or 2026-Q3.',
          '没有 {0} 这个周期。未写入任何文件，请写成 2026-09 或 2026-Q3。',
        ),
        text,
      );
    case 'zone':
      return fill(
        w(
          'This machine does not know the time zone {0}. Nothing was written; correct "calendar" in casebook.json.',
          '本机不支持时区 {0}。未写入任何文件，请修改 casebook.json 中的 calendar。',
        ),
        text,
      );
    case 'future':
      return fill(
        w(
          '{0} has not begun: there is nothing to report on. Nothing was written.',
          '{0} 尚未开始，没有可报告的内容。未写入任何文件。',
        ),
        text,
      );
  }
}

function shelfSentence({ reason, path }: ReportShelfError): Words {
  return reason === 'unreadable'
    ? fill(
        w(
          '{0} is not as Casebook writes it, perhaps in the middle of a merge. It was left as it is and nothing was written; mend it, or move it away.',
          '{0} 的内容不符合 Casebook 的格式，可能处于合并冲突中。该文件保持原样，未写入任何文件，请修复或移走后重试。',
        ),
        path,
      )
    : fill(
        w(
          '{0} is from a newer version of Casebook. It was left as it is and nothing was written; update the extension here.',
          '{0} 由更新版本的 Casebook 生成。该文件保持原样，未写入任何文件，请更新这里的扩展。',
        ),
        path,
      );
}

function storeSentence({ reason, path }: StoreError): Words {
  switch (reason) {
    case 'folder-missing':
      return fill(
        w(
          '{0} is not there, or is no folder. Nothing was written; check the path, and whether its drive is mounted.',
          '{0} 不存在或不是文件夹。未写入任何文件，请检查路径以及磁盘是否已挂载。',
        ),
        path,
      );
    case 'read-only':
      return fill(
        w(
          '{0} cannot be written. The cases are as they were; give this account write access, or use --out.',
          '没有写入 {0} 的权限。案例未受影响，请为当前账户开通写权限，或使用 --out。',
        ),
        path,
      );
    case 'disk-full':
      return fill(
        w(
          'The disk is full: {0} was not written and is as it was. Free some space, then run this again.',
          '磁盘已满，{0} 未写入，保持原样。请清理空间后重新运行。',
        ),
        path,
      );
    case 'locked':
      return fill(
        w(
          'Somebody else is writing {0} and does not finish. It is as it was; run this again in a moment.',
          '{0} 正被其他程序写入。该文件保持原样，请稍后重新运行。',
        ),
        path,
      );
    case 'outside-casebook':
      return fill(
        w(
          '{0} leads out of the casebook; Casebook does not follow it. Nothing was written there; use --out for another place.',
          '{0} 指向案例库之外，Casebook 不会写入该处。如需写到其他位置，请使用 --out。',
        ),
        path,
      );
    case 'case-missing':
    case 'file-missing':
    case 'restricted':
    case 'failed':
      return fill(
        w(
          '{0} could not be read or written. The cases are as they were; check the folder, then run this again.',
          '无法读写 {0}。案例未受影响，请检查该文件夹后重新运行。',
        ),
        path,
      );
  }
}

/** Why git did not commit, and what to do, as the end of a sentence. */
function gitReason(reason: GitFailure, output: string): Words {
  const reasons: Partial<Record<GitFailure, Words>> = {
    'git-missing': w('git was not found on this machine; install it', '本机未安装 git，请先安装'),
    'identity-missing': w(
      'git does not know who you are; set user.name and user.email',
      'git 不知道提交者身份，请设置 user.name 和 user.email',
    ),
    'hook-failed': w(
      'a hook of the repository refused it; its output says why',
      '仓库的钩子拒绝了提交，原因见钩子的输出',
    ),
    'index-locked': w(
      'another git command is using the repository; wait until it has finished',
      '另一个 git 命令正在使用该仓库，请等待其结束',
    ),
    'merge-in-progress': w('a merge or rebase is under way; finish or abort it', '仓库正在合并或变基，请先完成或中止'),
    'detached-head': w('the repository is not on a branch; check one out', '仓库不在任何分支上，请先检出分支'),
    'read-only': w(
      'the repository cannot be written; give this account access',
      '没有写入仓库的权限，请为当前账户开通',
    ),
  };
  const said = output.trim().split('\n').at(-1) ?? '';
  return reasons[reason] ?? w(said === '' ? reason : said, said === '' ? reason : said);
}
