/** The errors that the page docs/reference/errors-decoded.md explains: declared here, held against the page by a test. */

export interface DecodedError {
  /** Names the entry on the page: the end of its address. */
  anchor: string;
  /** The entry's heading on the page. */
  title: string;
  /** What the clients print. Lines are matched one by one: `^` and `$` are those of a line. */
  pattern: RegExp;
  /** Explained even where the exit code is 0: the page's command prints it into a pipe, which ends well. */
  exitsZero?: true;
}

function entry(
  anchor: string,
  title: string,
  pattern: RegExp,
  more: Pick<DecodedError, 'exitsZero'> = {},
): DecodedError {
  return { anchor, title, pattern, ...more };
}

const exitsZero = { exitsZero: true } as const;

const usage = (words: string): RegExp => new RegExp(`^(openstack|glance)[a-z -]*: error: ${words}`, 'm');

/** In the page's order. No output matches two of them. */
export const decodedErrors: readonly DecodedError[] = [
  entry(
    'missing-auth-url',
    'Missing value auth-url required for auth plugin password',
    /^Missing value auth-url required for auth plugin/m,
  ),
  entry('cloud-not-found', 'Cloud … was not found', /^Cloud .+ was not found\.$/m),
  entry(
    'clouds-yaml-tab',
    "clouds.yaml: found character '\\t' that cannot start any token",
    /^found character '\\t' that cannot start any token$/m,
  ),
  entry(
    'clouds-yaml-indent',
    'clouds.yaml: expected <block end>',
    /^(expected <block end>, but found .+|mapping values are not allowed here)$/m,
  ),
  entry(
    'http-401',
    'The request you have made requires authentication',
    /^The request you have made requires authentication\. \(HTTP 401\)/m,
  ),
  entry(
    'glance-needs-variables',
    'You must provide a username via either --os-username or env[OS_USERNAME]',
    /^You must provide (a username|a password|an auth url|a project_id or project_name) /m,
  ),
  entry(
    'domain-in-user',
    'Expecting to find domain in user',
    /^Expecting to find domain in (user|project)\./m,
  ),
  entry(
    'invalid-credentials',
    'Invalid OpenStack Identity credentials',
    /^(Invalid OpenStack Identity credentials\.$|(Failed to validate token|Could not recognize Fernet token) \(HTTP 404\))/m,
  ),
  entry('no-connection', 'Unable to establish connection', /^Unable to establish connection to http/m),
  entry(
    'wrong-auth-url',
    'Could not find versioned identity endpoints',
    /^(Could not find versioned identity endpoints|Unable to determine the Keystone version) /m,
  ),
  entry(
    'region-not-found',
    'public endpoint for image service in … region not found',
    /^(\w+ endpoint for .+ service in .+ region not found$|Region .+ is not a valid region name for cloud )/m,
  ),
  entry(
    'not-an-openstack-command',
    '… is not an openstack command',
    /^openstack: '.+' is not an openstack command\. /m,
  ),
  entry('invalid-choice', 'invalid choice', usage('argument [^:]+: invalid choice: '), exitsZero),
  entry('ambiguous-option', 'ambiguous option', usage('ambiguous option: '), exitsZero),
  entry('unrecognized-arguments', 'unrecognized arguments', usage('unrecognized arguments: ')),
  entry('expected-one-argument', 'expected one argument', usage('argument [^:]+: expected one argument$')),
  entry(
    'arguments-required',
    'the following arguments are required',
    usage('the following arguments are required: '),
    exitsZero,
  ),
  entry('invalid-int-value', 'invalid int value', usage('argument [^:]+: invalid int value: '), exitsZero),
  entry(
    'no-recognized-column',
    'No recognized column names',
    /^No recognized column names in .+\. Recognized columns are /m,
  ),
  entry(
    'multi-backend-support-not-enabled',
    'Multi Backend support not enabled.',
    /^Multi Backend support not enabled\.$/m,
  ),
  entry('no-image-found', 'No Image found for …', /No Image found for /),
  entry(
    'no-image-with-this-id',
    'HTTP 404 Not Found: No image found with ID …',
    /^(HTTP 404 Not Found: No image found with ID |No image with an ID of '.+' exists\.$)/m,
  ),
  entry(
    'more-than-one-image',
    'More than one Image exists with the name …',
    /More than one Image exists with the name '/,
  ),
  entry('not-a-valid-file', '… is not a valid file', /^'.+' is not a valid file$/m),
  entry(
    'http-415',
    'HttpException: 415 … Unsupported Media Type',
    /^(HttpException: 415: .*, |HTTP 415 )Unsupported Media Type/m,
  ),
  entry(
    'must-provide-formats',
    'error: Must provide --container-format',
    /^error: Must provide --(container|disk)-format/m,
  ),
  entry(
    'status-transition',
    'HTTP 409 Conflict: Image status transition from …',
    /Image status transition from \w+ to \w+ is not allowed/,
  ),
  entry(
    'http-413',
    'HTTP 413: Request Entity Too Large',
    /(HttpException: 413: .*, |HTTP 413 )Request Entity Too Large/,
  ),
  entry(
    'checksum-mismatch',
    'Unable to download image: checksum mismatch',
    /^Unable to download image(: checksum mismatch: | '.+'\. \(HTTP 403 Forbidden: The requested image has been deactivated)/m,
  ),
  entry('image-has-no-data', 'Image … has no data', /^Image \S+ has no data\.$/m),
  entry(
    'no-redirection',
    'No redirection or local file specified',
    /^No redirection or local file specified /m,
  ),
  entry(
    'protected',
    'Image … is protected and cannot be deleted',
    /(Image \S+ is protected and cannot be deleted\.|^You are not permitted to delete the image '.+'\.)$/m,
  ),
  entry(
    'http-403',
    'ForbiddenException: 403',
    /(^ForbiddenException: 403: .*, Forbidden$|You are not authorized to complete \w+ action\.$)/m,
  ),
  entry(
    'identity-403',
    'You are not authorized to perform the requested action',
    /You are not authorized to perform the requested action: \w+:\w+\./,
  ),
  entry('read-only', 'Attribute … is read-only', /Attribute &#x27;.+&#x27; is (read-only|reserved)\.$/m),
  entry(
    'unable-to-set',
    'Unable to set … Reason: …',
    /(^Unable to set '.+' to '.*'\. Reason: |^BadRequestException: 400: .*, Bad Request$)/m,
    exitsZero,
  ),
  entry(
    'nonexistent-property',
    'property unset failed',
    /^property unset failed, '.+' is a nonexistent property/m,
  ),
];

/** As much of the end of an output as is looked at: the message stands there. */
const END = 20_000;

/**
 * The entry that explains what a failed command printed, if there is one. A command that ends well may print a
 * message that it has read somewhere; that is no error of its own.
 */
export function decodeError(output: string, exitCode: number | undefined): DecodedError | undefined {
  const end = output.slice(-END);
  return decodedErrors.find(
    ({ pattern, exitsZero = false }) => (exitCode !== 0 || exitsZero) && pattern.test(end),
  );
}

/** Where the page stands on the site. */
export const DECODED_ERRORS_PATH = '/reference/errors-decoded/';
