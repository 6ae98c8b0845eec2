/**
 * Casebook's vocabulary in both of its languages at once.
 *
 * Tickets, messages, articles and reports are written in a language of their own, whatever language the editor
 * speaks, so the terms of the procedures carry both. Everything else on the screen goes through `vscode.l10n`.
 */
export type Language = 'en' | 'zh-CN';

export interface Words {
  readonly en: string;
  readonly zh: string;
}

export function w(en: string, zh: string): Words {
  return { en, zh };
}

export function say(words: Words, language: Language): string {
  return language === 'en' ? words.en : words.zh;
}

/** Puts parts into `{0}`, `{1}` … of both languages. A part may itself be bilingual. */
export function fill(words: Words, ...parts: readonly (string | Words)[]): Words {
  const put = (template: string, language: Language): string =>
    template.replace(/\{(\d)\}/g, (whole, index: string) => {
      const part = parts[Number(index)];
      if (part === undefined) return whole;
      return typeof part === 'string' ? part : say(part, language);
    });
  return { en: put(words.en, 'en'), zh: put(words.zh, 'zh-CN') };
}

/** The language Casebook speaks for an editor language tag such as "zh-cn", "zh-TW" or "de". */
export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
