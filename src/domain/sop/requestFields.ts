/** What a request is about (spec L46, L89); an issue that is converted is asked for the same. */
import { w } from '../words';
import type { FieldDef } from './field';

export const requestContentFields: readonly FieldDef[] = [
  {
    key: 'content',
    type: 'longText',
    label: w('Content', '具体内容'),
    hint: w('What the customer wants, concretely.', '客户具体想要什么。'),
    required: true,
    initial: (state) => {
      const description = state.values['receive']?.['description'];
      return typeof description === 'string' ? description : undefined;
    },
  },
  { key: 'background', type: 'longText', label: w('Business background', '业务背景'), required: true },
  { key: 'value', type: 'longText', label: w('Value', '价值'), required: true },
  { key: 'goal', type: 'longText', label: w('Expected goal', '期望目标'), required: true },
];
