import { expect, test } from 'vitest';
import { HTTPError } from './webob';

// The expected texts were read off Glance 30 with curl.

async function render(error: HTTPError, accept?: string, method = 'GET'): Promise<string> {
  const headers = new Headers(accept === undefined ? {} : { Accept: accept });
  return error.toResponse(new Request('https://openstack.example/', { method, headers })).text();
}

test('an error is an HTML page for whoever takes anything', async () => {
  const page =
    '<html>\n <head>\n  <title>403 Forbidden</title>\n </head>\n <body>\n  <h1>403 Forbidden</h1>\n  No.<br /><br />\n\n\n\n </body>\n</html>';
  expect(await render(new HTTPError(403, 'No.'), '*/*')).toBe(page);
  expect(await render(new HTTPError(403, 'No.'))).toBe(page);
});

test('what somebody typed is escaped on the page', async () => {
  expect(await render(new HTTPError(400, `<script>'"&`), 'text/html')).toContain(
    '&lt;script&gt;&#x27;&quot;&amp;',
  );
});

test('whoever asks for JSON gets the same text as JSON', async () => {
  expect(await render(new HTTPError(404, 'No image found with ID x'), 'application/json')).toBe(
    '{"message": "No image found with ID x<br /><br />\\n\\n\\n", "code": "404 Not Found", "title": "Not Found"}',
  );
});

test('whoever takes neither gets plain text', async () => {
  expect(await render(new HTTPError(404, 'No image found with ID x'), 'text/plain')).toBe(
    '404 Not Found\n\nNo image found with ID x\n\n   ',
  );
});

test('the better quality wins, and an Accept header that makes no sense does not count', async () => {
  expect(await render(new HTTPError(404), 'text/html;q=0.2, application/json')).toMatch(/^\{/);
  expect(await render(new HTTPError(404), 'garbage;;')).toMatch(/^<html>/);
});

test('a 405 names the method and keeps its headers', async () => {
  const error = new HTTPError(405, undefined, { headers: { Allow: 'GET, POST' } });
  const response = error.toResponse(new Request('https://openstack.example/', { method: 'PUT' }));
  expect(response.headers.get('Allow')).toBe('GET, POST');
  expect(await response.text()).toContain('The method PUT is not allowed for this resource. <br /><br />');
});
