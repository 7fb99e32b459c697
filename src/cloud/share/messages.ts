import { empty, json, type Call, type ShareApi } from './call';
import { notFound } from './errors';
import { invalidQuery, page, sortParams, timeParam } from './list';
import { authorize } from './policy';
import { timestamp, type ShareRepository } from './repository';
import type { MessageRecord } from './state';

/** How long a message is kept: manila's default `message_ttl`, 30 days. */
const TTL_MS = 2592000_000;

/** What was done, and what came of it: manila/message/message_field.py, those that can happen here. */
const ACTIONS = {
  'allocate host': '001',
  create: '002',
  'update access rules': '010',
} as const;
const DETAILS: Readonly<Record<string, string>> = {
  '001': 'An unknown error occurred.',
  '003': 'Driver does not expect share-network to be provided with current configuration.',
  '007': filterWords('AvailabilityZone'),
  '008': filterWords('Capabilities'),
  '009': filterWords('Capacity'),
  '021':
    'Failed to grant access to client. The access level or type may be unsupported. You may try again with a different access level or access type.',
};

function filterWords(filter: string): string {
  return `No storage could be allocated for this share request, ${filter} filter didn't succeed.`;
}

/** Tells the owner of a share why something went wrong: `create` of manila/message/api.py. */
export function tell(
  repository: ShareRepository,
  about: { project: string; request: string; resource: string },
  action: keyof typeof ACTIONS,
  detail: string,
  time: Date,
): void {
  repository.state.messages.push({
    id: repository.ids.uuid('share-message'),
    project_id: about.project,
    request_id: about.request,
    resource_type: 'SHARE',
    resource_id: about.resource,
    action_id: ACTIONS[action],
    detail_id: detail,
    message_level: 'ERROR',
    created_at: timestamp(time),
    expires_at: timestamp(new Date(time.getTime() + TTL_MS)),
  });
}

/** What is wrong with a message's action and detail, as a person reads it. */
function userMessage({ action_id, detail_id }: MessageRecord): string {
  const action = Object.entries(ACTIONS).find(([, id]) => id === action_id)?.[0];
  return `${action ?? 'unknown action'}: ${DETAILS[detail_id] ?? DETAILS['001'] ?? ''}`;
}

/** manila/api/v2/messages.py. */
export function mountMessages(api: ShareApi): void {
  const { repository, views } = api;

  const view = (call: Call, message: MessageRecord): object => ({
    id: message.id,
    project_id: message.project_id,
    action_id: message.action_id,
    detail_id: message.detail_id,
    message_level: message.message_level,
    created_at: message.created_at,
    expires_at: message.expires_at,
    request_id: message.request_id,
    links: views.links(call.context, 'messages', message.id),
    resource_type: message.resource_type,
    resource_id: message.resource_id,
    user_message: userMessage(message),
  });

  api.route(
    '/messages',
    {
      GET: (call) => {
        const { context, query } = call;
        authorize(context, 'message:get_all');
        invalidQuery(query, ['limit', 'offset']);
        const sort = sortParams(query);
        const timed = context.version >= 52;
        const since = timed ? timeParam(query, 'created_since') : undefined;
        const before = timed ? timeParam(query, 'created_before') : undefined;
        const found = repository.state.messages.filter(
          (message) =>
            repository.owns(context, message) &&
            FILTERS.every((name) => !query.has(name) || message[name] === query.get(name)) &&
            (since === undefined || message.created_at > since) &&
            (before === undefined || message.created_at < before),
        );
        const messages = page(query, found, sort, SORTABLE);
        const links = views.next(context, query, 'messages', messages);
        return json({
          messages: messages.map((message) => view(call, message)),
          ...(links && { messages_links: links }),
        });
      },
    },
    [37],
  );

  const find = ({ context, params }: Call): MessageRecord => {
    const message = repository.state.messages.find(({ id }) => id === params['id']);
    if (message === undefined || !repository.owns(context, message))
      throw notFound(`Message ${params['id'] ?? ''} could not be found.`);
    return message;
  };
  api.route(
    '/messages/:id',
    {
      GET: (call) => {
        authorize(call.context, 'message:get');
        return json({ message: view(call, find(call)) });
      },
      DELETE: (call) => {
        authorize(call.context, 'message:delete');
        const message = find(call);
        repository.state.messages = repository.state.messages.filter((one) => one !== message);
        return empty(204);
      },
    },
    [37],
  );
}

const FILTERS = [
  'request_id', 'resource_type', 'action_id', 'detail_id', 'resource_id', 'message_level', 'project_id', 'id',
] as const; // prettier-ignore

const SORTABLE = {
  id: (message: MessageRecord) => message.id,
  project_id: (message: MessageRecord) => message.project_id,
  request_id: (message: MessageRecord) => message.request_id,
  resource_type: (message: MessageRecord) => message.resource_type,
  action_id: (message: MessageRecord) => message.action_id,
  detail_id: (message: MessageRecord) => message.detail_id,
  resource_id: (message: MessageRecord) => message.resource_id,
  message_level: (message: MessageRecord) => message.message_level,
  expires_at: (message: MessageRecord) => message.expires_at,
  created_at: (message: MessageRecord) => message.created_at,
};
