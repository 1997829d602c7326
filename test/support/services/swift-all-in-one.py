# OpenStack Swift with its S3 door, all of it in one process, as its own functional tests run it.
# swift-all-in-one.py FOLDER HOST PORT ACCOUNT:USER SECRET
import os
import sys

import eventlet

eventlet.monkey_patch()
from eventlet import wsgi
from swift.common import utils, wsgi as swift_wsgi
from swift.common.ring import RingBuilder

folder, host, port, user, secret = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
devices = os.path.join(folder, 'devices')
os.makedirs(os.path.join(devices, 'disk'), exist_ok=True)
utils.HASH_PATH_SUFFIX = utils.HASH_PATH_PREFIX = b'tests'

storage = '''[DEFAULT]
swift_dir = {folder}
devices = {devices}
mount_check = false
[pipeline:main]
pipeline = app
[app:app]
use = egg:swift#{kind}
'''
filters = ['catch_errors', 'gatekeeper', 'healthcheck', 'listing_formats', 'cache', 's3api', 'tempauth', 'copy', 'slo',
           'dlo', 'versioned_writes', 'symlink']
# It wants a cache and goes on without one that answers.
eggs = {'cache': 'memcache'}
options = {'cache': 'memcache_servers = 127.0.0.1:1', 's3api': 'location = us-east-1', 'tempauth': 'user_%s = %s .admin' % (user.replace(':', '_'), secret)}
proxy = '''[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = %s proxy-server
%s
[app:proxy-server]
use = egg:swift#{kind}
account_autocreate = true
''' % (' '.join(filters),
       '\n'.join('[filter:%s]\nuse = egg:swift#%s\n%s' % (name, eggs.get(name, name), options.get(name, '')) for name in filters))


class Silent:
    def write(self, line):
        pass


def serve(kind, listener, template):
    path = os.path.join(folder, kind + '.conf')
    with open(path, 'w') as file:
        file.write(template.format(folder=folder, devices=devices, kind=kind))
    app = swift_wsgi.loadapp(path, global_conf={})
    eventlet.spawn(wsgi.server, listener, app, Silent(), debug=False, protocol=swift_wsgi.SwiftHttpProtocol)


listeners = {kind: eventlet.listen(('127.0.0.1', 0)) for kind in ('account', 'container', 'object')}
for kind, listener in listeners.items():
    ring = RingBuilder(4, 1, 0)
    ring.add_dev({'id': 0, 'region': 1, 'zone': 1, 'weight': 1, 'ip': '127.0.0.1', 'device': 'disk',
                  'port': listener.getsockname()[1]})
    ring.rebalance()
    ring.get_ring().save(os.path.join(folder, kind + '.ring.gz'))
for kind, listener in listeners.items():
    serve(kind, listener, storage)
serve('proxy', eventlet.listen((host, port)), proxy)
while True:
    eventlet.sleep(3600)
