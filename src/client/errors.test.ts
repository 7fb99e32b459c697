import { describe, expect, test } from 'vitest';
import {
  BadRequestException,
  ConflictException,
  ForbiddenException,
  HttpException,
  NotFoundException,
  PreconditionFailedException,
  httpException,
} from './errors';

const request = { method: 'GET', url: 'https://cloud.example/v2/images/x' };

function html(status: number, title: string, text: string): Response {
  return new Response(
    `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n  ${text}<br /><br />\n\n\n\n </body>\n</html>`,
    {
      status,
      headers: { 'content-type': 'text/html; charset=UTF-8', 'x-openstack-request-id': 'req-7' },
    },
  );
}

describe('httpException', () => {
  test.each([
    [400, BadRequestException],
    [403, ForbiddenException],
    [404, NotFoundException],
    [409, ConflictException],
    [412, PreconditionFailedException],
    [418, HttpException],
    [503, HttpException],
  ])('makes of status %i the class that the SDK makes', async (status, Class) => {
    const error = await httpException(new Response('', { status }), request);
    expect(error.constructor).toBe(Class);
    expect(error).toBeInstanceOf(HttpException);
  });

  test('reads the sentence out of an HTML page, as the SDK prints it and by itself', async () => {
    const error = await httpException(html(404, '404 Not Found', 'No image found with ID x'), request);
    expect(error.message).toBe(
      'NotFoundException: 404: Client Error for url: https://cloud.example/v2/images/x, 404 Not Found: No image found with ID x',
    );
    expect(error.explanation).toBe('No image found with ID x');
    expect(error.requestId).toBe('req-7');
  });

  test('reads the sentence out of JSON', async () => {
    const response = Response.json({ error: { code: 500, message: 'It broke.' } }, { status: 500 });
    const error = await httpException(response, request);
    expect(error.message).toBe(
      'HttpException: 500: Server Error for url: https://cloud.example/v2/images/x, It broke.',
    );
    expect(error.explanation).toBe('It broke.');
  });

  test('falls back to the reason phrase for plain text, and keeps the text', async () => {
    const body = '415 Unsupported Media Type\n\nThe request media type is not supported. \n\n';
    const error = await httpException(
      new Response(body, { status: 415, headers: { 'content-type': 'text/plain' } }),
      request,
    );
    expect(error.message).toMatch(/^HttpException: 415: .*, Unsupported Media Type$/);
    expect(error.body).toBe(body);
    expect(error.explanation).toBe('The request media type is not supported.');
  });

  test('survives a body that lies about being JSON', async () => {
    const error = await httpException(
      new Response('{oops', { status: 400, headers: { 'content-type': 'application/json' } }),
      request,
    );
    expect(error.details).toBe('{oops');
  });

  test('starts the message with other words when told to', async () => {
    const error = await httpException(new Response('', { status: 404 }), request, 'No Image found for x');
    expect(error.message).toBe(
      'No Image found for x: Client Error for url: https://cloud.example/v2/images/x, Not Found',
    );
  });
});
