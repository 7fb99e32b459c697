import data from './data/policies.json';
import { RESOURCES } from './attributes';
import { disallowed } from './errors';

/** Who asks, as the token says: neutron_lib/context.py. */
export interface RequestContext {
  userId: string;
  projectId: string;
  /** In lower case. */
  roles: readonly string[];
  isAdmin: boolean;
  requestId: string;
}

/** The thing that an action is about, as the API shows it or as it came. */
export type Target = Readonly<Record<string, unknown>>;

/** What the rules ask of things that the target only names. */
export interface PolicyLookup {
  /** A member of the target's network or security group, such as `network:tenant_id`. */
  parent(field: string, target: Target): unknown;
  /** Whether the target's network is shared with a project. */
  networkShared(target: Target): boolean | undefined;
}

type Check = (target: Target, context: RequestContext, lookup: PolicyLookup) => boolean;

const NAMED: Readonly<Record<string, string>> = data.named;
const RULES: Readonly<Record<string, string>> = data.rules;
const compiled = new Map<string, Check>();

const ANYBODY: Check = () => true;

/** oslo.policy's language: `not`, `and`, `or`, brackets, and checks of the form `kind:match`. */
class Parser {
  readonly #tokens: string[];
  #at = 0;

  constructor(text: string) {
    // a bracket belongs to a check when the check has opened one, as in %(project_id)s
    this.#tokens = text.match(/\(|\)|(?:%\([^)]*\)s|[^\s()])+/g) ?? [];
  }

  parse(): Check {
    return this.#tokens.length === 0 ? ANYBODY : this.#or();
  }

  #next(word: string): boolean {
    if (this.#tokens[this.#at] !== word) return false;
    this.#at++;
    return true;
  }

  #or(): Check {
    const checks = [this.#and()];
    while (this.#next('or')) checks.push(this.#and());
    return (...asked) => checks.some((check) => check(...asked));
  }

  #and(): Check {
    const checks = [this.#not()];
    while (this.#next('and')) checks.push(this.#not());
    return (...asked) => checks.every((check) => check(...asked));
  }

  #not(): Check {
    if (this.#next('not')) {
      const check = this.#not();
      return (...asked) => !check(...asked);
    }
    if (this.#next('(')) {
      const check = this.#or();
      this.#next(')');
      return check;
    }
    return primitive(this.#tokens[this.#at++] ?? '');
  }
}

function primitive(text: string): Check {
  const at = text.indexOf(':');
  const [kind, match] = [text.slice(0, at), text.slice(at + 1)];
  if (kind === 'rule') return (...asked) => rule(match)(...asked);
  if (kind === 'role') return (_, context) => context.roles.includes(match);
  if (kind === 'field') return field(match);
  const name = /^%\((.*)\)s$/.exec(match)?.[1] ?? '';
  // tenant_id and project_id of the caller, against those of the target or of what it belongs to
  return (target, context, lookup) =>
    String(Object.hasOwn(target, name) ? target[name] : lookup.parent(name, target)) === context.projectId;
}

/** `field:networks:shared=True`. */
function field(match: string): Check {
  const [resource = '', ...rest] = match.split(':');
  const [name = '', wanted = ''] = rest.join(':').split('=');
  const regex = wanted.startsWith('~') ? new RegExp(`^(?:${wanted.slice(1)})`) : undefined;
  return (target, _, lookup) => {
    const shared = resource === 'networks' && name === 'shared' && !Object.hasOwn(target, name);
    const value = shared ? lookup.networkShared(target) : target[name];
    if (value === null || value === undefined) return false;
    if (regex !== undefined) return typeof value === 'string' && regex.test(value);
    return value === (wanted === 'True' ? true : wanted);
  };
}

/** A rule by its name; for names that nobody has defined, the default. */
function rule(name: string): Check {
  const text = RULES[name] ?? NAMED[name];
  if (text === undefined) return rule('default');
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const check = new Parser(text).parse();
  compiled.set(name, check);
  return check;
}

/** Whether there is a rule of this name. */
export function isRule(name: string): boolean {
  return Object.hasOwn(RULES, name);
}

/** What an action on a thing needs, in the order of neutron's `_build_match_rule`: its own rule, and its attributes'. */
interface MatchRule {
  names: string[];
  /** As oslo.policy writes it. */
  text: string;
}

/**
 * @param updated the attributes that an update names; for a new thing those count that are not the default.
 */
function matchRule(
  action: string,
  collection: string,
  target: Target,
  updated?: readonly string[],
): MatchRule {
  let match: MatchRule = { names: [action], text: `rule:${action}` };
  if (action.startsWith('get_') || action.startsWith('delete_')) return match;
  for (const [name, spec] of Object.entries(RESOURCES[collection] ?? {})) {
    const value = target[name];
    const explicit =
      updated === undefined
        ? value !== undefined && !('default' in spec && same(value, spec.default))
        : updated.includes(name) && value !== undefined;
    if (!explicit || spec.enforce_policy === undefined) continue;
    let attribute: MatchRule = { names: [`${action}:${name}`], text: `rule:${action}:${name}` };
    for (const list of subAttributes(action, name, spec.validate, value)) {
      const text = `(${list.map((one) => `rule:${one}`).join(' and ')})`;
      attribute = { names: [...attribute.names, ...list], text: `(${attribute.text} and ${text})` };
    }
    match = { names: [...match.names, ...attribute.names], text: `(${match.text} and ${attribute.text})` };
  }
  return match;
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The members of an attribute that is a dictionary, and those of an attribute that is a list of dictionaries. */
function subAttributes(
  action: string,
  name: string,
  validate: Readonly<Record<string, unknown>> | undefined,
  value: unknown,
): string[][] {
  const lists: string[][] = [];
  const dictionary = Object.entries(validate ?? {}).find(([type]) => type.startsWith('type:dict'))?.[1];
  if (isDictionary(dictionary) && isDictionary(value)) {
    const names = Object.keys(dictionary).filter((key) => Object.hasOwn(value, key));
    lists.push(names.map((key) => `${action}:${name}:${key}`));
  }
  if (Array.isArray(value)) {
    const names = value.flatMap((item: unknown) => (isDictionary(item) ? Object.keys(item) : []));
    if (names.length > 0) lists.push(names.map((key) => `${action}:${name}:${key}`));
  }
  return lists;
}

function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The policy engine of neutron/policy.py, with the rules that neutron ships. */
export class Policy {
  readonly #lookup: PolicyLookup;

  constructor(lookup: PolicyLookup) {
    this.#lookup = lookup;
  }

  /** Whether `context` may do `action` to `target`. */
  check(
    context: RequestContext,
    action: string,
    collection: string,
    target: Target,
    updated?: readonly string[],
  ): boolean {
    const { names } = matchRule(action, collection, target, updated);
    return names.every((name) => rule(name)(target, context, this.#lookup));
  }

  /** @throws {@link NeutronError} 403 in the words of oslo.policy. */
  enforce(
    context: RequestContext,
    action: string,
    collection: string,
    target: Target,
    updated?: readonly string[],
  ): void {
    if (this.check(context, action, collection, target, updated)) return;
    throw disallowed(matchRule(action, collection, target, updated).text);
  }

  /** Whether `context` may see an attribute: where no rule says otherwise, everybody may. */
  checkAttribute(context: RequestContext, resource: string, attribute: string, target: Target): boolean {
    const name = `get_${resource}:${attribute}`;
    return !isRule(name) || rule(name)(target, context, this.#lookup);
  }
}
