/** Where the reader's choice between two clients is kept, and the attribute of `<html>` that shows it. */
export const clientChoiceKey = 'learn-openstack.client';
/** The same for whether she follows the dashboard where a page has it. */
export const dashboardChoiceKey = 'learn-openstack.dashboard';

/**
 * Runs in `<head>`: puts the remembered client on `<html data-client>`, and `<html data-dashboard>` if she follows the
 * dashboard. The style sheet shows only those tabs. Without JavaScript the attributes are missing and all that the tabs
 * hold is shown one below the other.
 */
export const clientChoiceScript = `(function(){var c,d;try{c=localStorage.getItem('${clientChoiceKey}');d=localStorage.getItem('${dashboardChoiceKey}')}catch(e){}var h=document.documentElement;h.setAttribute('data-client',c==='glance'?c:'openstack');if(d)h.setAttribute('data-dashboard','')})()`;
