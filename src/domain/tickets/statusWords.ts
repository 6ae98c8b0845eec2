/** What ZenTao's codes of statuses and resolutions are called in its own Chinese pages. */
import { type Words, w } from '../words';

const zentao: Readonly<Record<string, string>> = {
  draft: '草稿',
  reviewing: '评审中',
  active: '激活',
  changing: '变更中',
  resolved: '已解决',
  closed: '已关闭',
  fixed: '已解决',
  bydesign: '设计如此',
  duplicate: '重复',
  external: '外部原因',
  notrepro: '无法重现',
  postponed: '延期处理',
  willnotfix: '不予解决',
  willnotdo: '不做',
  tostory: '转为需求',
  done: '已完成',
  subdivided: '已细分',
  cancel: '已取消',
};

/** Jira and Redmine say theirs in words, which stay as they are. */
export function statusWords(status: string): Words {
  return w(status, Object.hasOwn(zentao, status) ? (zentao[status] ?? status) : status);
}
