/** What Jira Cloud takes for a text, as far as Casebook writes it: each node with what may be in it. */

const node = (type: string, content?: readonly string[], attrs?: object) => ({
  type: 'object',
  additionalProperties: false,
  required: ['type', ...(content === undefined ? [] : ['content']), ...(attrs === undefined ? [] : ['attrs'])],
  properties: {
    type: { const: type },
    ...(content === undefined
      ? {}
      : { content: { type: 'array', items: { anyOf: content.map((name) => ({ $ref: `#/definitions/${name}` })) } } }),
    ...(attrs === undefined ? {} : { attrs }),
  },
});

const filled = (shape: ReturnType<typeof node>) => ({
  ...shape,
  properties: { ...shape.properties, content: { ...shape.properties.content, minItems: 1 } },
});

const whole = node('doc', ['paragraph', 'heading', 'orderedList', 'table', 'codeBlock']);

export const documentShape = {
  ...whole,
  required: [...whole.required, 'version'],
  properties: { ...whole.properties, version: { const: 1 } },
  definitions: {
    text: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'text'],
      // an empty one is refused
      properties: { type: { const: 'text' }, text: { type: 'string', minLength: 1 } },
    },
    hardBreak: node('hardBreak'),
    paragraph: node('paragraph', ['text', 'hardBreak']),
    heading: node('heading', ['text'], {
      type: 'object',
      additionalProperties: false,
      required: ['level'],
      properties: { level: { type: 'integer', minimum: 1, maximum: 6 } },
    }),
    orderedList: filled(node('orderedList', ['listItem'])),
    listItem: filled(node('listItem', ['paragraph'])),
    table: filled(node('table', ['tableRow'])),
    tableRow: filled(node('tableRow', ['tableHeader', 'tableCell'])),
    tableHeader: filled(node('tableHeader', ['paragraph'])),
    tableCell: filled(node('tableCell', ['paragraph'])),
    codeBlock: node('codeBlock', ['text']),
  },
};
