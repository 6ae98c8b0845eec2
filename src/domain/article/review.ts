/** Who may say that an article is right, and what is written into it when somebody says something of it. */
import type { Person } from '../casebook';
import { isSamePerson, personEntry } from '../person';
import { removeFrontMatter, setFrontMatter } from './frontMatter';

/**
 * True when a team has somebody beside these people who could review. R&D and managers are no reviewers of support's
 * articles; a person without a role may be one.
 */
export function hasOtherReviewer(people: readonly Person[], than: readonly string[]): boolean {
  return people
    .filter(({ role }) => role === undefined || role === 'SE')
    .some((person) => !than.some((each) => isSamePerson(each, personEntry(person))));
}

/** An article is reviewed by somebody else than those who wrote it, wherever there is somebody else. */
export function mayReview(me: string, authors: readonly string[], people: readonly Person[]): boolean {
  return !authors.some((author) => isSamePerson(author, me)) || !hasOtherReviewer(people, [...authors, me]);
}

export const asReviewed = (text: string) => removeFrontMatter(setFrontMatter(text, 'state', 'validated'), 'flagged');

/** @param reason why somebody should look at it again; one line */
export const asFlagged = (text: string, reason: string) =>
  setFrontMatter(text, 'flagged', reason.replace(/\s+/g, ' ').trim());

export const asArchived = (text: string) => removeFrontMatter(setFrontMatter(text, 'state', 'archived'), 'flagged');
