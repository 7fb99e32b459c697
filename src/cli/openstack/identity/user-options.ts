/** Options that new and changed users share: `_add_user_options` of openstackclient/identity/v3/user.py. */
import type { UserOptions } from '../../../client';
import type { ArgumentSpec, ParsedArgs } from '../../arguments';
import { CommandError, NotInSandbox } from '../../errors';
import type { App } from '../app';

const flag = (name: string, help: string): ArgumentSpec => ({
  names: [`--${name}`],
  action: 'store_true',
  help,
});

export const userOptions: readonly ArgumentSpec[] = [
  flag('ignore-lockout-failure-attempts', 'Do not lock the user out after wrong passwords'),
  flag('no-ignore-lockout-failure-attempts', 'Lock the user out after wrong passwords'),
  flag('ignore-password-expiry', 'Let the user in with a password that is too old'),
  flag('no-ignore-password-expiry', 'Do not let the user in with a password that is too old'),
  flag('ignore-change-password-upon-first-use', 'Do not ask for a new password at the first login'),
  flag('no-ignore-change-password-upon-first-use', 'Ask for a new password at the first login'),
  flag('enable-lock-password', 'Do not let the user change the password'),
  flag('disable-lock-password', 'Let the user change the password'),
  flag('enable-multi-factor-auth', 'Ask for what the rules below say at each login'),
  flag('disable-multi-factor-auth', 'Let the user in with any one method'),
  {
    names: ['--multi-factor-auth-rule'],
    metavar: '<rule>',
    action: 'append',
    default: [],
    help: 'Methods that together are enough to log in, such as "password,totp"; repeat it for other sets',
  },
];

const SWITCHES = [
  [
    'ignore_lockout_failure_attempts',
    'ignore_lockout_failure_attempts',
    'no_ignore_lockout_failure_attempts',
  ],
  ['ignore_password_expiry', 'ignore_password_expiry', 'no_ignore_password_expiry'],
  [
    'ignore_change_password_upon_first_use',
    'ignore_change_password_upon_first_use',
    'no_ignore_change_password_upon_first_use',
  ],
  ['lock_password', 'enable_lock_password', 'disable_lock_password'],
  ['multi_factor_auth_enabled', 'enable_multi_factor_auth', 'disable_multi_factor_auth'],
] as const;

/** What the options above ask for; undefined when none was given. The second of a pair wins. */
export function optionsOfUser(args: ParsedArgs): { options?: UserOptions } {
  const options: UserOptions = {};
  for (const [name, on, off] of SWITCHES) {
    if (args.flag(on)) options[name] = true;
    if (args.flag(off)) options[name] = false;
  }
  const rules = args.list('multi_factor_auth_rule');
  if (rules.length > 0) options.multi_factor_auth_rules = rules.map((rule) => rule.split(','));
  return Object.keys(options).length === 0 ? {} : { options };
}

export const passwordOptions: readonly ArgumentSpec[] = [
  { names: ['--password'], metavar: '<password>', help: 'Password of the user' },
  {
    names: ['--password-prompt'],
    dest: 'password_prompt',
    action: 'store_true',
    help: 'Ask for the password on the terminal',
  },
];

export const NO_PASSWORD =
  'No password was supplied, authentication will fail when a user does not have a password.';

/**
 * `get_password` of osc_lib/utils. A program of the sandbox cannot ask: standard input that is a terminal is nothing
 * that it could read.
 */
export function getPassword(app: App): never {
  if (app.context.stdin !== undefined)
    throw new CommandError('No terminal detected attempting to read password');
  throw new NotInSandbox(
    'openstack',
    'asking for a password on the terminal',
    'https://docs.openstack.org/python-openstackclient/2025.1/cli/command-objects/user-v3.html',
  );
}
