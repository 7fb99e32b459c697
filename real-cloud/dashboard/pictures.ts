/** The pictures in `static/`, which change only if a reader would see it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import sharp from 'sharp';
import type { Photographed, PhotographedPicture } from '../../src/walk-throughs/walk-through';
import type { Shot } from './drive';

const top = path.resolve(import.meta.dirname, '../..');
const PLACE = 'img/day-3';
/** Bytes that a reader is sent for one. */
const LIMIT = 80_000;
/** How far a channel of a pixel may be off, of 255, and how many pixels may be more so. */
const TOLERANCE = { channel: 32, pixels: 16 };

export type Outcome = 'new' | 'same' | 'different';

/** Writes a picture, unless the one that is there looks the same. */
export async function keep(
  walkThrough: string,
  shot: Shot,
): Promise<{ picture: PhotographedPicture; outcome: Outcome }> {
  const file = `${PLACE}/${walkThrough}-${shot.scene}`;
  const place = path.join(top, 'static', file);
  const outcome =
    !existsSync(`${place}.webp`) || !existsSync(`${place}.png`)
      ? 'new'
      : (await looksLike(shot.png, `${place}.webp`))
        ? 'same'
        : 'different';
  if (outcome !== 'same') {
    mkdirSync(path.dirname(place), { recursive: true });
    await write(
      `${place}.webp`,
      await sharp(shot.png).webp({ nearLossless: true, quality: 60, effort: 6 }).toBuffer(),
    );
    await write(
      `${place}.png`,
      // half the pixels: only browsers that know no WebP are shown it
      await sharp(shot.png)
        .resize({ width: shot.width })
        .png({ palette: true, colours: 64, dither: 0, effort: 10, compressionLevel: 9 })
        .toBuffer(),
    );
  }
  const digest = (ending: string) =>
    createHash('sha256')
      .update(readFileSync(place + ending))
      .digest('hex')
      .slice(0, 16);
  const { width, height, boxes } = shot;
  return {
    picture: { file, width, height, boxes, sha256: { webp: digest('.webp'), png: digest('.png') } },
    outcome,
  };
}

async function write(file: string, content: Buffer): Promise<void> {
  if (content.length > LIMIT)
    throw new Error(
      `${path.basename(file)} has ${content.length} bytes, more than ${LIMIT}: show less of the page in it`,
    );
  writeFileSync(file, content);
}

async function looksLike(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((file) => sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  if (!a || !b || a.info.width !== b.info.width || a.info.height !== b.info.height) return false;
  let off = 0;
  for (let i = 0; i < a.data.length; i += 3)
    if ([0, 1, 2].some((c) => Math.abs((a.data[i + c] ?? 0) - (b.data[i + c] ?? 0)) > TOLERANCE.channel))
      off++;
  return off <= TOLERANCE.pixels;
}

/** Beside the walk-through; written if anything in it has changed. */
export async function writeMeasures(walkThrough: string, photographed: Photographed): Promise<void> {
  const file = path.join(top, 'src/walk-throughs', `${walkThrough}.json`);
  const text = await format(JSON.stringify(photographed, null, 2), {
    ...(await resolveConfig(file)),
    filepath: file,
  });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
