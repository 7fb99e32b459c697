/** Where the reader's choice between two clients is kept, and the attribute of `<html>` that shows it. */
export const clientChoiceKey = 'learn-openstack.client';

/**
 * Runs in `<head>`: puts the remembered client on `<html data-client>`. The style sheet shows only that client's tabs.
 * Without JavaScript the attribute is missing and both clients' commands are shown one below the other.
 */
export const clientChoiceScript = `(function(){var c;try{c=localStorage.getItem('${clientChoiceKey}')}catch(e){}document.documentElement.setAttribute('data-client',c==='glance'?c:'openstack')})()`;
