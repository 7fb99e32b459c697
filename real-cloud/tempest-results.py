"""The tests in a subunit stream on standard input, a JSON object a line: id, status, and why it failed or was skipped."""
import json, subunit, sys, testtools


def show(test):
    if test['status'] == 'exists':
        return
    details = [detail.as_text().strip() for name, detail in test['details'].items()
               if name == 'reason' or name.startswith('traceback')]
    print(json.dumps({'id': test['id'], 'status': test['status'], 'why': '\n'.join(details)}))


result = testtools.StreamToDict(show)
result.startTestRun()
subunit.ByteStreamToStreamResult(sys.stdin.buffer, non_subunit_name='stdout').run(result)
result.stopTestRun()
