"""Tempest without its nap of ten seconds before it deletes a subnet: there is no agent here to wait for."""
import time

sleep = time.sleep
time.sleep = lambda seconds: sleep(0 if seconds == 10 else seconds)
