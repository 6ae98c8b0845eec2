/** What ZenTao's codes of statuses and resolutions are called on its own pages. */
import { type Words, w } from '../words';

const zentao: Readonly<Record<string, Words>> = {
  draft: w('Draft', '草稿'),
  reviewing: w('Reviewing', '评审中'),
  active: w('Active', '激活'),
  changing: w('Changing', '变更中'),
  resolved: w('Resolved', '已解决'),
  closed: w('Closed', '已关闭'),
  fixed: w('Fixed', '已解决'),
  bydesign: w('As designed', '设计如此'),
  duplicate: w('Duplicate', '重复'),
  external: w('External', '外部原因'),
  notrepro: w('Irreproducible', '无法重现'),
  postponed: w('Postponed', '延期处理'),
  willnotfix: w("Won't fix", '不予解决'),
  willnotdo: w("Won't do", '不做'),
  tostory: w('Converted to a story', '转为需求'),
  done: w('Done', '已完成'),
  subdivided: w('Subdivided', '已细分'),
  cancel: w('Cancelled', '已取消'),
};

/** Jira and Redmine say theirs in words, which stay as they are. */
export function ticketStatusWords(status: string): Words {
  return (Object.hasOwn(zentao, status) ? zentao[status] : undefined) ?? w(status, status);
}
