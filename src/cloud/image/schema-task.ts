import type { JsonSchema } from './json-schema';
import { UUID } from './schema';

const PROPERTIES: Record<string, JsonSchema> = {
  id: { description: 'The identifier of the task, a UUID', pattern: UUID, type: 'string' },
  type: {
    description: 'What the task does',
    enum: ['import', 'api_image_import', 'location_import'],
    type: 'string',
  },
  status: {
    description: 'How far the task is',
    enum: ['pending', 'processing', 'success', 'failure'],
    type: 'string',
  },
  input: { description: 'What the task was told', type: ['null', 'object'] },
  result: { description: 'What came out of the task', type: ['null', 'object'] },
  owner: { description: 'The project that the task belongs to', type: 'string' },
  message: { description: 'A text for people, mostly about a failure', type: 'string' },
  image_id: { description: 'The image that the task works on', type: 'string' },
  request_id: { description: 'The request that started the task', type: 'string' },
  user_id: { description: 'The user who started the task', type: 'string' },
  expires_at: { description: 'When the record may go', type: ['null', 'string'] },
  created_at: { description: 'When the record was made', type: 'string' },
  updated_at: { description: 'When the record was last changed', type: 'string' },
  self: { readOnly: true, type: 'string' },
  schema: { readOnly: true, type: 'string' },
};

export const TASK_SCHEMA = { name: 'task', properties: PROPERTIES };

const { input: _input, result: _result, message: _message, ...stub } = PROPERTIES;

export const TASKS_SCHEMA = {
  name: 'tasks',
  properties: {
    tasks: { type: 'array', items: { name: 'task', properties: stub } },
    schema: { type: 'string' },
  },
  links: [{ rel: 'describedby', href: '{schema}' }],
};
