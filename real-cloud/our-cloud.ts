/**
 * The embedded cloud behind the door of `npm run cloud`, driven from outside: {"cloud": NAME} makes a new one in that
 * start state, on the same port. Runs in the real cloud's network, so that the same clients reach it.
 *
 *   our-cloud.ts PORT
 */
import { createInterface } from 'node:readline';
import { openDoor, type Door } from '../src/door/door';

let door: Door | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const { cloud } = JSON.parse(line) as { cloud: string }; // clouds.ts wrote it
  await door?.close();
  door = await openDoor({ cloud, port: Number(process.argv[2]), onError: (error) => console.error(error) });
  console.log(JSON.stringify({ url: door.url }));
}
await door?.close();
