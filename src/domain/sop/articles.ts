/** Linking a case with knowledge-base articles, in either procedure. */
import { w } from '../words';
import { stampOf } from './effects';
import { textOf } from './field';
import { rule } from './missing';
import { defineActions } from './procedure';

export const articleActions = defineActions({
  name: 'linkArticle',
  label: w('Link an article', '关联文章'),
  done: w('linked an article', '关联了文章'),
  on: 'any',
  role: 'other',
  fields: [
    { key: 'path', type: 'text', label: w('Article', '文章'), required: true },
    { key: 'title', type: 'text', label: w('Title', '标题') },
    { key: 'commit', type: 'text', label: w('Commit', '提交') },
  ],
  // said once more, without a commit, it would take away which version the case was published as
  guard: (state, values) => [
    textOf(values, 'commit') === '' &&
      state.articles.some(({ path, flagged }) => path === textOf(values, 'path') && flagged === undefined) && {
        ...rule('article-linked', w('It is linked already', '该文章已关联'), 'path'),
        label: w('A new link', '新的关联'),
      },
  ],
  apply: (draft, { event, values }) => {
    const path = textOf(values, 'path');
    draft.articles = [
      ...draft.articles.filter((article) => article.path !== path),
      { ...stampOf(event), path, title: textOf(values, 'title'), commit: textOf(values, 'commit') },
    ];
  },
});
