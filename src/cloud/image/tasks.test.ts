import { expect, it } from 'vitest';
import { TestCloud } from '../testing/test-cloud';

// the sentences are Glance 30's
it.each([
  ['import', {}, "Input does not contain 'import_from' field"],
  [
    'import',
    { import_from: 'http://x', image_properties: {} },
    "Input does not contain 'import_from_format' field",
  ],
  [
    'import',
    { import_from: 'http://x', import_from_format: 'raw', image_properties: {} },
    'Task failed due to Internal Error',
  ],
])('a task made by hand fails, and says what is missing: %s %j', async (type, input, message) => {
  const test = await TestCloud.start();
  const { json } = await test.as('admin', 'POST', '/image/v2/tasks', { type, input });
  expect(json).toMatchObject({ status: 'pending', message: '' });
  expect(json['request_id']).toMatch(/^req-/);
  test.clock.advance(1000);
  const done = await test.as('admin', 'GET', `/image/v2/tasks/${json.id ?? ''}`);
  expect(done.json).toMatchObject({ status: 'failure', message });
});
