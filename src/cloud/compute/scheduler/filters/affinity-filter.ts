import { int } from '../../python/text';
import { PythonError } from '../../python/values';
import type { HostState } from '../host-state';
import type { RequestSpec } from '../request-spec';
import { BaseHostFilter, fail, pass, type Decision } from './base';

// nova/scheduler/filters/affinity_filter.py

/** The servers of a hint that run on the host. Undefined if the hint is not given. */
function overlap(host: HostState, spec: RequestSpec, hint: string): string[] | undefined {
  const given = spec.getSchedulerHint(hint);
  if (given === undefined || given.length === 0) return undefined;
  return (typeof given === 'string' ? [given] : given).filter((uuid) => host.instances.has(uuid));
}

/** A host passes if none of the servers of `--hint different_host=…` runs on it. */
export class DifferentHostFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const here = overlap(host, spec, 'different_host');
    if (here === undefined) return pass('no hint different_host');
    return here.length > 0
      ? fail(`server ${here[0]} runs here, and the hint asks for another host`, 'different_host', here[0])
      : pass('none of the servers of the hint runs here', 'different_host');
  }
}

/** A host passes if one of the servers of `--hint same_host=…` runs on it. */
export class SameHostFilter extends BaseHostFilter {
  override readonly runFilterOncePerRequest = true;

  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const here = overlap(host, spec, 'same_host');
    if (here === undefined) return pass('no hint same_host');
    return here.length > 0
      ? pass(`server ${here[0]} runs here`, 'same_host', here[0])
      : fail('none of the servers of the hint runs here', 'same_host');
  }
}

/** A host passes if fewer servers of the group run on it than the group's rule allows: one, unless it says more. */
export class ServerGroupAntiAffinityFilter extends BaseHostFilter {
  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const group = spec.instanceGroup;
    if (group?.policy !== 'anti-affinity') return NO_GROUP;
    if (host.instances.has(spec.instanceUuid))
      return pass('the server itself runs here', 'group', group.uuid);
    if (group.members === null) throw new PythonError('TypeError', "'NoneType' object is not iterable");
    const here = new Set(group.members.filter((uuid) => host.instances.has(uuid))).size;
    const allowed = maxServerPerHost(group.rules);
    return here < allowed
      ? pass(`${here} of the group's servers run here, ${allowed} may`, 'group', group.uuid)
      : fail(`${here} of the group's servers run here already, ${allowed} may`, 'group', group.uuid);
  }
}

/** A host passes if a server of the group runs on it, or none anywhere. */
export class ServerGroupAffinityFilter extends BaseHostFilter {
  hostPasses(host: HostState, spec: RequestSpec): Decision {
    const group = spec.instanceGroup;
    if (group?.policy !== 'affinity') return NO_GROUP;
    if (group.hosts === null || group.hosts.length === 0)
      return pass('the group is on no host yet', 'group', group.uuid);
    return group.hosts.includes(host.host)
      ? pass('the group is on this host', 'group', group.uuid)
      : fail(`the group is on ${group.hosts.join(', ')}`, 'group', group.uuid);
  }
}

const NO_GROUP = pass('the server is in no group with this policy');

function maxServerPerHost(rules: { readonly [name: string]: string }): number {
  const rule = rules['max_server_per_host'];
  return rule === undefined ? 1 : Number(int(rule));
}
