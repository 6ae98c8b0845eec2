/** Names of ends that say no, in the words of most companies. */
export const REFUSING =
  /won.?t|declin|reject|duplicat|cannot|can't|incomplete|cancel|obsolete|invalid|abandon|不予|不做|不采纳|不修复|不解决|拒绝|驳回|重复|无法|取消|废弃|无效/i;
