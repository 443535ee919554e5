"""
Run `report` on hostile bytes in a child with the promised limits: 2 s of CPU and 300 MB of address space.

A child that meets a limit dies by SIGXCPU or a MemoryError, and the test with it. The imports are outside of the
measure: address space is limited to what they took plus 300 MB.
"""

import json
import subprocess
import sys
from typing import Any

_CHILD = """
import json, resource, sys
from sevenbot.inspect import report
from sevenbot.parse.mail import attachments
raw = sys.stdin.buffer.read()
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize() - len(raw)
resource.setrlimit(resource.RLIMIT_AS, (used + 300 * 1024 * 1024,) * 2)
spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
resource.setrlimit(resource.RLIMIT_CPU, (int(spent) + 1 + CPU_SECONDS,) * 2)
found = report(raw)
sys.stdout.write(json.dumps(found))
"""


def report_within_limits(raw: bytes, cpu_seconds: int = 2) -> dict[str, Any]:
    child = subprocess.run(
        [sys.executable, "-c", _CHILD.replace("CPU_SECONDS", str(cpu_seconds))],
        input=raw,
        capture_output=True,
        check=False,
    )
    assert child.returncode == 0, f"died by {child.returncode}: {child.stderr.decode()[-500:]}"
    return json.loads(child.stdout)
