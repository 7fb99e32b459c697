# What the dashboard has to know of this cloud; the rest is as Debian ships it. Goes to local_settings.d.
ALLOWED_HOSTS = ['127.0.0.1']
OPENSTACK_KEYSTONE_URL = 'http://127.0.0.1:5000/v3'
