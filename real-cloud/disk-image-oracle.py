"""Says of disk images what the real programs say: one JSON object a line in, one a line out, until the input ends.

    {"path": "/tmp/x.qcow2", "declare": ["qcow2", "raw"], "nova": "qcow2"}

qemu     `qemu-img info`: its format, the size of the disk, what it points to; or its error
oslo     the inspectors of oslo.utils: formats, size of the disk, failed checks
glance   what an upload ends with, for each disk_format in "declare", by glance's own set_data
nova     what a compute host with libvirt would say to the image, by nova's own fetch_to_raw; null without nova

Needs python3-glance, python3-oslo.utils and qemu-utils; python3-nova if there. No service runs, nothing is kept.
"""

import json
import logging
import os
import resource
import subprocess
import sys
import types
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter('ignore')

from glance.common import config as glance_config  # noqa: E402,F401  registers the options
from glance.common import exception as glance_exception  # noqa: E402
from glance import location as glance_location  # noqa: E402
from oslo_config import cfg  # noqa: E402
from oslo_utils import imageutils  # noqa: E402
from oslo_utils.imageutils import format_inspector  # noqa: E402

cfg.CONF([], project='glance', default_config_files=[])
CHUNK = 64 * 1024

try:
    import nova.conf
    from nova import exception as nova_exception
    from nova.virt import images as nova_images
    nova.conf.CONF([], project='nova', default_config_files=[])
    nova.conf.CONF.set_override('force_raw_images', False)
except ImportError:
    nova_images = None


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


def qemu_img(path):
    done = subprocess.run(['qemu-img', 'info', '--output=json', path], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=30, preexec_fn=limits, errors='replace')
    return done.stdout if done.returncode == 0 else None, done.stderr.strip()


def qemu(output, error):
    if output is None:
        return {'error': error.replace(os.getcwd(), '')}
    info = json.loads(output)
    data = info.get('format-specific', {}).get('data', {})
    return {'format': info['format'], 'virtualSize': info['virtual-size'], 'backing': info.get('backing-filename'),
            'dataFile': data.get('data-file'), 'createType': data.get('create-type')}


def stream(path):
    with open(path, 'rb') as file:
        while chunk := file.read(CHUNK):
            yield chunk


def oslo(path):
    wrapper = format_inspector.InspectWrapper(stream(path))
    for _ in wrapper:
        pass
    found = []
    try:
        formats = wrapper.formats
    except Exception as error:
        return {'error': type(error).__name__}
    for inspector in formats:
        try:
            size = inspector.virtual_size
        except Exception as error:
            size = type(error).__name__
        try:
            inspector.safety_check()
            failed = {}
        except format_inspector.SafetyCheckFailed as error:
            failed = {name: str(reason) for name, reason in error.failures.items()}
        except format_inspector.ImageFormatError as error:
            failed = {'incomplete': str(error)}
        found.append({'name': str(inspector), 'virtualSize': size, 'failed': failed})
    return {'formats': sorted(found, key=lambda each: each['name'])}


def glance(path, disk_format):
    image = types.SimpleNamespace(container_format='bare', disk_format=disk_format, extra_properties={},
                                  virtual_size=None, status='saving')
    proxy = object.__new__(glance_location.ImageProxy)
    proxy.image = image
    proxy._upload_to_store = lambda data, *rest: [None for _ in data]
    try:
        proxy.set_data(stream(path))
    except glance_exception.InvalidImageData as error:
        return {'accepted': False, 'reason': str(error)}
    return {'accepted': True, 'virtualSize': image.virtual_size}


def nova_says(path, disk_format, info):
    if nova_images is None or disk_format is None:
        return None
    target = path + '.nova'
    nova_images.IMAGE_API = types.SimpleNamespace(get=lambda context, ref: {'disk_format': disk_format})
    nova_images.fetch = lambda context, ref, part, trusted=None: os.link(path, part)
    if info is None:
        def failing(path, format=None):
            raise nova_exception.InvalidDiskInfo(reason='qemu-img failed')
        nova_images.qemu_img_info = failing
    else:
        nova_images.qemu_img_info = lambda path, format=None: imageutils.QemuImgInfo(info, format='json')
    try:
        nova_images.fetch_to_raw(None, 'IMAGE', target)
        return {'accepted': True}
    except nova_exception.ImageUnacceptable as error:
        return {'accepted': False, 'reason': str(error).removeprefix('Image IMAGE is unacceptable: ')}
    except Exception as error:
        return {'accepted': False, 'reason': f'{type(error).__name__}: {error}'}
    finally:
        if os.path.exists(target):
            os.unlink(target)


for line in sys.stdin:
    asked = json.loads(line)
    path = asked['path']
    try:
        output, error = qemu_img(path)
    except subprocess.TimeoutExpired:
        output, error = None, 'no answer in 30 s'
    answer = {'qemu': qemu(output, error), 'oslo': oslo(path),
              'glance': {name: glance(path, name) for name in asked['declare']},
              'nova': nova_says(path, asked['nova'], output)}
    print(json.dumps(answer), flush=True)
