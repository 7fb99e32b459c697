/** What differs from run to run, and between the two clouds, taken out of a command's output. */

/** What a command line came to. */
export interface Recorded {
  line: string;
  stdout: string;
  stderr: string;
  code: number;
}

/** The real program does several things at a time: the order of its lines is nobody's. */
const THREADED = /swift (upload|download|delete)/;

export function masked({ line, stdout, stderr, code }: Recorded): Recorded {
  const text = (given: string): string => {
    const plain = maskText(given, line);
    return THREADED.test(line) ? plain.split('\n').sort().join('\n') : plain;
  };
  // help is in words of our own below the usage
  const errors = text(stderr).replace(/(Usage: swift.*?\n)\n.*/s, '$1');
  return { line, stdout: text(stdout), stderr: errors, code };
}

function maskText(given: string, line: string): string {
  const masks: readonly (readonly [RegExp, string])[] = [
    [/tx[0-9a-f]{16,}(-[\w.]+)?/g, 'TX'],
    [/req-[0-9a-f-]{36}/g, 'REQ'],
    [/AUTH_[0-9a-f]{32}/g, 'AUTH_P'],
    [/http:\/\/127\.0\.0\.1:\d+|https:\/\/openstack\.example(\/identity|\/object-store)?/g, 'URL'],
    [/\/object-store\/v1/g, '/v1'],
    [/\d{10}\.\d{5,6}/g, 'TIME'],
    [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, 'DATE'],
    [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?/g, 'DATE'],
    [/gAAAA[\w=-]+(\.\.\.)?/g, 'TOKEN'],
    [/\d+\.\d{3}(s| MB\/s)/g, 'N$1'],
    [/X-Delete-At: \d+/g, 'X-Delete-At: N'],
    [/OS_(USERNAME|PROJECT_NAME)=\w+/g, 'OS_$1=NAME'],
    // it is made of times
    [/X-Manifest-Etag: \w+/g, 'X-Manifest-Etag: MD5'],
    [/-{5,}/g, '----'],
    [/ {2,}/g, '  '],
  ];
  // a listing gives a manifest's sum
  const all = line.includes('list w1 -j') ? [...masks, [/"hash": "\w+"/g, '"hash": MD5'] as const] : masks;
  return all.reduce((text, [pattern, word]) => text.replace(pattern, word), given);
}
