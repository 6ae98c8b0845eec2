/** Questions to the host, and the answers that come back out of turn. */
import type { Answers, AnswerTo, FromView, Question, ToView } from '../protocol';

type Reply = Extract<ToView, { type: 'answer' | 'notAnswered' }>;

export class Questions {
  private readonly open = new Map<number, (answer: Answers[keyof Answers] | undefined) => void>();
  private last = 0;

  constructor(
    private readonly send: (message: FromView) => void,
    private readonly failed: (sentence: string) => void,
  ) {}

  /** @returns undefined when there is no answer; the page has then said why, where a person asked */
  async ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked> | undefined> {
    this.last += 1;
    const id = this.last;
    const answer = new Promise<Answers[keyof Answers] | undefined>((resolve) => this.open.set(id, resolve));
    this.send({ type: 'ask', id, question });
    // an answer comes back under the id of its question, so it is of its kind
    return answer as Promise<AnswerTo<Asked> | undefined>;
  }

  receive(reply: Reply): void {
    const resolve = this.open.get(reply.id);
    this.open.delete(reply.id);
    if (reply.type === 'notAnswered' && reply.message !== '') this.failed(reply.message);
    resolve?.(reply.type === 'answer' ? reply.answer : undefined);
  }
}
