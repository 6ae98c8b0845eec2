/** What is entered, step by step, to connect a ticket system; no editor here. */
import { readTrackers, siteUrl } from '../../domain/tickets/connections';
import type { TrackerConnection, TrackerSystem } from '../../domain/tickets/tracker';

/** Of Jira alone: who signs in to it differs. */
export type Hosting = 'cloud' | 'dataCenter';

export interface TrackerDraft {
  readonly system: TrackerSystem;
  /** As typed. */
  readonly address: string;
  /** Somebody said that it may travel unencrypted. */
  readonly allowHttp: boolean;
  /** As somebody said; where the address tells, nobody is asked. */
  readonly hosting: Hosting;
  readonly textFormat: TrackerConnection['textFormat'];
  readonly name: string;
  readonly account: string;
  readonly secret: string;
}

export const emptyDraft: TrackerDraft = {
  system: 'zentao',
  address: '',
  allowHttp: false,
  hosting: 'dataCenter',
  textFormat: 'textile',
  name: '',
  account: '',
  secret: '',
};

const order = ['system', 'address', 'http', 'hosting', 'textFormat', 'name', 'account', 'secret'] as const;
export type TrackerStep = (typeof order)[number];

/** Those that this draft needs, as far as it goes; one more may come to light on the way. */
export function stepsFor(draft: TrackerDraft): readonly TrackerStep[] {
  const left: Partial<Record<TrackerStep, boolean>> = {
    http: !travelsOpenly(draft),
    hosting: draft.system !== 'jira' || hostingOf(draft.address) !== undefined,
    textFormat: draft.system !== 'redmine',
    account: !needsAccount(draft),
  };
  return order.filter((step) => left[step] !== true);
}

/** Also from a step that its own answer has made needless. Undefined after the last one. */
export function stepAfter(draft: TrackerDraft, step: TrackerStep): TrackerStep | undefined {
  return stepsFor(draft).find((each) => order.indexOf(each) > order.indexOf(step));
}

export function stepBefore(draft: TrackerDraft, step: TrackerStep): TrackerStep {
  return stepsFor(draft).findLast((each) => order.indexOf(each) < order.indexOf(step)) ?? 'system';
}

/** A token says whose it is; a password, and a token of the cloud, do not. */
export function needsAccount({ system, address, hosting }: TrackerDraft): boolean {
  if (system === 'zentao') return true;
  return system === 'jira' && (hostingOf(address) ?? hosting) === 'cloud';
}

/** As far as the address tells. */
export function hostingOf(address: string): Hosting | undefined {
  const host = hostOf(address);
  return /(?:^|\.)(?:atlassian\.net|jira\.com|api\.atlassian\.com)$/.test(host) ? 'cloud' : undefined;
}

function hostOf(address: string): string {
  return URL.canParse(address.trim()) ? new URL(address.trim()).hostname.toLowerCase() : '';
}

/** Unencrypted, and beyond this machine. */
export function travelsOpenly({ address }: Pick<TrackerDraft, 'address'>): boolean {
  const url = siteUrl(address);
  return typeof url !== 'string' && url.fault === 'http';
}

/** Pages that people copy the address of, instead of the site's. */
const pages: Readonly<Record<TrackerSystem, RegExp>> = {
  zentao: /\/(?:index\.php|api\.php|[a-z]+(?:-[\w-]*)?\.html)(?:\/.*)?$/i,
  jira: /\/(?:browse|secure|projects|issues|login\.jsp|plugins|rest)(?:\/.*)?$/i,
  redmine: /\/(?:projects|issues|login|my|users|settings|admin)(?:\/.*)?$/i,
};

/** The address of the site, also where that of a page below it was typed; undefined for what is none. */
export function siteOf({ system, address }: Pick<TrackerDraft, 'system' | 'address'>): string | undefined {
  const url = siteUrl(address, true);
  if (typeof url !== 'string') return undefined;
  const { origin, pathname } = new URL(url);
  // in the cloud there is one site for a name, and "/jira" is a page of it
  const isCloud = system === 'jira' && /\.atlassian\.net$/i.test(new URL(url).hostname);
  const path = isCloud ? '' : pathname.replace(pages[system], '');
  return `${origin}${path}`.replace(/\/+$/, '');
}

/** Where the token is made or shown; of a system with passwords, the site itself. */
export function tokenPage(draft: TrackerDraft): string {
  const site = siteOf(draft) ?? '';
  if (draft.system === 'redmine') return `${site}/my/account`;
  if (draft.system === 'zentao') return site;
  return needsAccount(draft)
    ? 'https://id.atlassian.com/manage-profile/security/api-tokens'
    : `${site}/secure/ViewProfile.jspa`;
}

/** A name that is not taken. @param usual of the system in the user's language: "禅道" */
export function freeName(usual: string, taken: readonly string[]): string {
  if (!taken.includes(usual)) return usual;
  let number = 2;
  while (taken.includes(`${usual} ${number}`)) number += 1;
  return `${usual} ${number}`;
}

/** The entry of the setting: what is as usual is left out. */
export function entryOf(draft: TrackerDraft): Readonly<Record<string, unknown>> {
  const { system, name, allowHttp, textFormat } = draft;
  const account = needsAccount(draft) ? draft.account.trim() : '';
  return {
    name: name.trim(),
    system,
    url: siteOf(draft) ?? '',
    ...(account === '' ? {} : { account }),
    ...(system === 'redmine' && textFormat === 'markdown' ? { textFormat } : {}),
    ...(allowHttp && travelsOpenly(draft) ? { allowHttp } : {}),
  };
}

/** As the setting will be read. @param utcOffset of this machine, minutes east */
export function connectionOf(draft: TrackerDraft, utcOffset: number): TrackerConnection | undefined {
  return readTrackers([entryOf(draft)], utcOffset).connections[0];
}
