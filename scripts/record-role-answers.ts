/** Asks a real cloud what each role may, for the test beside it: `npx tsx scripts/record-role-answers.ts http://127.0.0.1:5000/v3`. */
import { writeFileSync } from 'node:fs';
import { askEverything } from '../src/cloud/testing/role-requests';

const [authUrl] = process.argv.slice(2);
if (authUrl === undefined) throw new Error('Whose? Give the URL of Identity v3.');
const answers = await askEverything(fetch, authUrl);
const file = new URL('../src/cloud/testing/role-answers.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(answers, null, 2)}\n`);
