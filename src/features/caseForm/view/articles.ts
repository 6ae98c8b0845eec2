/** The articles that a case is linked with; they are written in the editor, beside the form. */
import * as l10n from '@vscode/l10n';
import { button, link } from '../../../platform/view/controls';
import type { App } from './app';
import { el } from '../../../platform/view/dom';

export function articleList(app: App): HTMLElement | undefined {
  const items = app.page.state.articles.map((article) =>
    el(
      'li',
      {},
      link(article.title || article.path, () =>
        app.send({ type: 'command', command: 'openArticle', argument: article.path }),
      ),
      article.flagged !== undefined && el('div', { class: 'quiet' }, l10n.t('to be reviewed: the case was reopened')),
    ),
  );
  return items.length === 0 ? undefined : el('ul', {}, ...items);
}

/** Step 5.2: where the article comes from. */
export function writeArticle(app: App): HTMLElement {
  return el(
    'section',
    { class: 'articles' },
    el('h3', {}, l10n.t('Article')),
    articleList(app) ??
      el(
        'p',
        { class: 'quiet' },
        l10n.t('No article is linked yet. A new one starts with what this case has captured.'),
      ),
    button({
      label: l10n.t('Write the article'),
      look: 'secondary',
      icon: 'edit',
      does: 'writeArticle',
      pressed: () => app.send({ type: 'command', command: 'writeArticle', argument: '' }),
    }),
  );
}
