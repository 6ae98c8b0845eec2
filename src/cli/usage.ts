/** How the command line is used. */
import { w } from '../domain/words';

export const usage = w(
  `Usage: casebook report <period> --casebook <folder> [options]

Makes the service report of a casebook: the same figures, texts and files as the
Reports page of the editor.

Period
  2026-09, 2026-Q3           a month, a quarter (of the fiscal year, if one is set)
  last-month, last-quarter   the one before today's
  this-month, this-quarter   the running one; its report is provisional

Options
  --casebook <folder>   the folder that holds casebook.json (required)
  --language <en|zh-CN> of the report and of messages (default: LC_ALL, LC_MESSAGES, LANG)
  --format <list>       md,html,csv,xlsx (default: md,html)
  --out <folder>        write there and leave the casebook as it is
                        (default: the casebook's own folder "reports")
  --customer <name>     on this customer alone, in files of its own; may be
                        given several times
  --product <name>      on this product alone, likewise
  --pseudonyms          customers and their people do not appear by name
  --commit              commit the report's files with git, and nothing else
  --freeze              make the report of a past period final
  --json                print what was made as JSON
  --version, -h, --help

The paths of the files are printed on standard output; what went wrong, and
progress in a terminal, on standard error.
Days begin and end in the time zone of casebook.json ("calendar": {"zone": …});
where it names none, in that of this machine (set TZ to choose another).

Exit code: 0 done, 1 failed, 2 wrong usage.`,
  `用法：casebook report <周期> --casebook <文件夹> [选项]

生成案例库的服务报告，数据、文字和文件与编辑器“报告”页面完全一致。

周期
  2026-09、2026-Q3           某月、某季度（设置了财年时按财年）
  last-month、last-quarter   上月、上季度
  this-month、this-quarter   本月、本季度（周期未结束，为阶段性报告）

选项
  --casebook <文件夹>   casebook.json 所在的文件夹（必填）
  --language <en|zh-CN> 报告和提示信息的语言（默认取 LC_ALL、LC_MESSAGES、LANG）
  --format <列表>       md,html,csv,xlsx（默认 md,html）
  --out <文件夹>        写到该文件夹，不改动案例库
                        （默认写到案例库自己的 reports 文件夹）
  --customer <名称>     只统计该客户，文件单独命名；可多次使用
  --product <名称>      只统计该产品，同上
  --pseudonyms          客户名称及其人员用代号代替
  --commit              用 git 提交报告文件，不提交其他内容
  --freeze              将已结束周期的报告定稿
  --json                以 JSON 输出结果
  --version, -h, --help

文件路径输出到标准输出；错误信息，以及在终端中运行时的进度，输出到标准错误。
日期按 casebook.json 中的时区划分（"calendar": {"zone": …}）；
未设置时按本机时区（可用环境变量 TZ 指定）。

退出码：0 完成，1 失败，2 用法错误。`,
);

export const seeHelp = w('casebook --help says how it is used.', '用法见 casebook --help。');
