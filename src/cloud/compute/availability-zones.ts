import type { ComputeApi } from './api';
import { lastReport, zoneOfService } from './services';
import { INTERNAL_SERVICE_AVAILABILITY_ZONE, type ServiceRecord } from './state';

/** Availability zones: nova/api/openstack/compute/availability_zone.py. */
export function mountAvailabilityZones(api: ComputeApi): void {
  api.route('/os-availability-zone', {
    GET: {
      handle() {
        const { available, others } = zonesOf(api);
        const visible = (zones: ReadonlyMap<string, unknown>, is: boolean) =>
          [...zones.keys()]
            .filter((zone) => zone !== INTERNAL_SERVICE_AVAILABILITY_ZONE)
            .map((zoneName) => ({ zoneName, zoneState: { available: is }, hosts: null }));
        return { availabilityZoneInfo: [...visible(available, true), ...visible(others, false)] };
      },
    },
  });
  api.route('/os-availability-zone/detail', {
    GET: {
      handle(request) {
        request.enforce('admin', 'os-availability-zone:detail');
        const { available, others } = zonesOf(api);
        const updated_at = lastReport(api);
        return {
          availabilityZoneInfo: [
            ...[...available].map(([zoneName, services]) => {
              const hosts: Record<string, Record<string, object>> = {};
              for (const { host, binary, disabled, forced_down } of services)
                (hosts[host] ??= {})[binary] = { available: !forced_down, active: !disabled, updated_at };
              return { zoneName, zoneState: { available: true }, hosts };
            }),
            ...[...others.keys()].map((zoneName) => ({
              zoneName,
              zoneState: { available: false },
              hosts: null,
            })),
          ],
        };
      },
    },
  });
}

/** The zones with a service that is enabled, with these services, and the zones without one, each by name. */
function zonesOf(api: ComputeApi): {
  available: Map<string, ServiceRecord[]>;
  others: Map<string, ServiceRecord[]>;
} {
  const available = new Map<string, ServiceRecord[]>();
  const others = new Map<string, ServiceRecord[]>();
  const services = api.nova.state.services.map((service) => ({ service, zone: zoneOfService(api, service) }));
  services.sort((a, b) => (a.zone < b.zone ? -1 : a.zone > b.zone ? 1 : 0));
  for (const { service, zone } of services)
    if (!service.disabled) available.set(zone, [...(available.get(zone) ?? []), service]);
  for (const { zone } of services) if (!available.has(zone)) others.set(zone, []);
  return { available, others };
}

/** Whether there is such a zone, with an enabled service in it. */
export function isAvailableZone(api: ComputeApi, zone: string): boolean {
  return zonesOf(api).available.has(zone);
}
