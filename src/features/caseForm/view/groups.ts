/** The page's way to groups: what is on its way, and what came of it. */
import type { Language } from '../../../domain/words';
import type { GroupDeed, GroupNews, PageTelling } from '../groupProtocol';
import type { App } from './app';

export interface GroupMessage {
  readonly group: string;
  readonly text: string;
  readonly action: string;
  readonly values: Record<string, unknown>;
  readonly language: Language;
}

export class Groups {
  private readonly open = new Map<number, (news: GroupNews) => void>();
  private last = 0;
  /** What came of it stands above everything else, and its form may be far below. */
  private isAwaited = false;

  constructor(
    private readonly app: App,
    /** Something is on its way now, or no more; nothing else is sent meanwhile. */
    private readonly changed: () => void,
  ) {}

  get isTelling(): boolean {
    return this.open.size > 0;
  }

  async tell(message: GroupMessage): Promise<GroupNews> {
    this.last += 1;
    const id = this.last;
    const news = new Promise<GroupNews>((resolve) => this.open.set(id, resolve));
    // what is typed in the form is on disk before anything leaves
    this.app.drafts.flush();
    this.do({ do: 'tell', id, ...message });
    this.changed();
    return news;
  }

  /** Those with a bot first: what the casebook names besides is told by hand. */
  get known(): readonly string[] {
    const { groups, settings } = this.app.page;
    return [...new Set([...groups.connected.map(({ group }) => group), ...settings.groups])];
  }

  /** Of what is just being sent from here its own form speaks. */
  get unsent(): readonly PageTelling[] {
    return this.app.page.groups.unsent.filter(({ standing }) => standing !== 'trying' || !this.isTelling);
  }

  /** Brings what was sent from here, and has not arrived, before the eyes of whoever sent it. */
  shown(notices: readonly HTMLElement[]): void {
    const [first] = notices;
    if (!first || !this.isAwaited) return;
    this.isAwaited = false;
    requestAnimationFrame(() => first.scrollIntoView({ block: 'center' }));
  }

  do(deed: GroupDeed): void {
    this.app.send({ type: 'group', deed });
  }

  receive(news: GroupNews): void {
    const resolve = this.open.get(news.id);
    this.open.delete(news.id);
    this.isAwaited = ['waiting', 'busy', 'failed'].includes(news.is);
    this.changed();
    resolve?.(news);
  }
}
