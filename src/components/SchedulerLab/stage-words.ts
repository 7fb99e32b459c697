/** What each station asks, in one line. Names are nova's. */
export const STAGE_WORDS: { readonly [stage: string]: string | undefined } = {
  placement: 'Room for the flavor, the traits that are required, the right aggregates?',
  AggregateImagePropertiesIsolation:
    'Does an aggregate want another value for a property that the image has?',
  AggregateInstanceExtraSpecsFilter: 'Do the host’s aggregates have what the flavor’s extra specs ask for?',
  AggregateIoOpsFilter: 'Few enough builds and moves going on, by its aggregate’s limit?',
  AggregateMultiTenancyIsolation: 'Are the host’s aggregates open to this project?',
  AggregateNumInstancesFilter: 'Few enough servers, by its aggregate’s limit?',
  AggregateTypeAffinityFilter: 'Do the host’s aggregates allow this flavor?',
  AllHostsFilter: 'Nothing: every host passes.',
  ComputeCapabilitiesFilter: 'Has the host what the flavor’s extra specs ask for?',
  ComputeFilter: 'Is nova-compute enabled and heard from?',
  DifferentHostFilter: 'Is it another host than that of the servers in the hint?',
  ImagePropertiesFilter: 'Can it run the image’s architecture, hypervisor type and VM mode?',
  IoOpsFilter: 'Few enough builds and moves going on?',
  IsolatedHostsFilter: 'Do isolated images and isolated hosts stay among themselves?',
  JsonFilter: 'Does the query of the hint hold?',
  NumInstancesFilter: 'Few enough servers?',
  SameHostFilter: 'Is it the host of a server in the hint?',
  ServerGroupAffinityFilter: 'Is it where the rest of the server’s group is?',
  ServerGroupAntiAffinityFilter: 'Is it where no other server of the group is?',
};
