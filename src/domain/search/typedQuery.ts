/** What is typed in the search box: words, and filters such as `product:ERP` or `标签:"共享 内存"` among them. */
import type { FindQuery } from './find';

type Filter = 'product' | 'version' | 'tag' | 'customer' | 'only';

const names: Readonly<Record<string, Filter>> = {
  product: 'product',
  产品: 'product',
  version: 'version',
  版本: 'version',
  tag: 'tag',
  标签: 'tag',
  customer: 'customer',
  客户: 'customer',
  is: 'only',
  类型: 'only',
};
const only: Readonly<Record<string, 'case' | 'article'>> = {
  case: 'case',
  案例: 'case',
  article: 'article',
  文章: 'article',
};
const FILTER = new RegExp(`(?<=^|\\s)(${Object.keys(names).join('|')})[:：](?:"([^"]*)"?|(\\S+))`, 'giu');

/** The last of two filters of one name counts; a filter without a value is a word like any other. */
export function typedQuery(typed: string): FindQuery {
  const filters: Partial<Record<Filter, string>> = {};
  const text = typed.replace(FILTER, (whole: string, name: string, quoted?: string, plain?: string) => {
    const value = (quoted ?? plain ?? '').trim();
    const filter = names[name.toLowerCase()];
    if (filter === undefined || value === '') return whole;
    if (filter === 'only' && only[value.toLowerCase()] === undefined) return whole;
    filters[filter] = value;
    return ' ';
  });
  const { only: kind, ...rest } = filters;
  const which = only[(kind ?? '').toLowerCase()];
  // what is still being typed keeps its end, which tells a beginning from a word
  return { text: text.trimStart(), ...rest, ...(which ? { only: which } : {}) };
}
