"""A bash on a terminal, driven from outside: reads {"source": ...} a line, answers {"output": ..., "exitCode": ...} a line.

The clients must see a terminal: with a pipe as standard input `image create` uploads it as the image.
"""
import fcntl, json, os, pty, re, struct, sys, termios

# Each command is eval'ed in one and the same shell, so variables and the working directory last.
LOOP = r'''while IFS= read -r -d "" -u 9 command; do eval "$command"; printf '\036%d\036' $?; done'''

commands, feed = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    os.dup2(commands, 9)
    os.execvp('bash', ['bash', '--noprofile', '--norc', '-c', LOOP])
os.close(commands)
mode = termios.tcgetattr(terminal)
mode[1] &= ~termios.ONLCR   # "\n" stays "\n"
mode[3] &= ~termios.ECHO
termios.tcsetattr(terminal, termios.TCSANOW, mode)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))

for line in sys.stdin:
    os.write(feed, json.loads(line)['source'].encode() + b'\0')
    seen = b''
    while not (end := re.search(rb'\x1e(\d+)\x1e$', seen)):
        try:
            seen += os.read(terminal, 65536)
        except OSError:   # the shell is gone
            sys.exit(f'bash ended: {seen[-500:]!r}')
    print(json.dumps({'output': seen[:end.start()].decode('utf-8', 'replace'), 'exitCode': int(end[1])}), flush=True)
