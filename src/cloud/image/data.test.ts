import { expect, test } from 'vitest';
import { ImageData } from './data';

async function bytesOf(data: ImageData, start?: number, end?: number): Promise<number[]> {
  return [...new Uint8Array(await new Response(data.stream(start, end)).arrayBuffer())];
}

test('a chunk that fills its buffer is kept as it came, a window into a bigger one is copied', async () => {
  const whole = new Uint8Array([1, 2, 3]);
  const big = new Uint8Array(1000).fill(9);
  const data = new ImageData();
  data.append(whole);
  data.append(big.subarray(10, 12));
  big.fill(0);
  const chunks: Uint8Array[] = [];
  for await (const chunk of data.chunks()) chunks.push(chunk);
  expect(chunks[0]?.buffer).toBe(whole.buffer);
  expect(chunks[1]?.buffer.byteLength).toBe(2);
  expect(await bytesOf(data)).toEqual([1, 2, 3, 9, 9]);
});

test('a part may begin and end within chunks', async () => {
  const data = new ImageData();
  for (const chunk of [
    [0, 1, 2],
    [3, 4],
    [5, 6, 7],
  ])
    data.append(new Uint8Array(chunk));
  expect(await bytesOf(data, 1, 6)).toEqual([1, 2, 3, 4, 5]);
  expect(await bytesOf(data, 5)).toEqual([5, 6, 7]);
  expect(await bytesOf(data, 3, 3)).toEqual([]);
});

test('base64 of many chunks is the base64 of the whole', async () => {
  const data = new ImageData();
  const whole = Uint8Array.from({ length: 100_001 }, (_, i) => (i * 7) % 256);
  for (let at = 0; at < whole.length; at += 4099) data.append(whole.slice(at, at + 4099));
  const text = await data.toBase64();
  expect(text).toBe(Buffer.from(whole).toString('base64'));
  expect(await bytesOf(ImageData.fromBase64(text))).toEqual([...whole]);
});

test('a Blob takes the place of the chunks and is made once', async () => {
  const data = new ImageData();
  data.append(new Uint8Array([1, 2]));
  data.append(new Uint8Array([3]));
  const blob = data.toBlob();
  expect(data.toBlob()).toBe(blob);
  expect(await bytesOf(data, 1)).toEqual([2, 3]);
  expect(await bytesOf(ImageData.fromBlob(blob))).toEqual([1, 2, 3]);
});
