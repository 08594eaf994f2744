"""walk.py ADDRESS [READ_ADDRESS]: walks through the protocol as a real Python client of the server there.

With a second address everything is read from, and half of what is raced for is done through, that node. Prints one
line of JSON per check, {"check": SENTENCE, "error": null or a text}, and at the end {"checks": N}.
"""

import json
import sys

import many_checks  # noqa: F401  each adds its checks to the list
import study_checks  # noqa: F401
import trial_checks  # noqa: F401
from checking import CHECKS
from storage_service import Storage


def main():
    write, read = Storage(sys.argv[1]), Storage(sys.argv[-1])
    for function in CHECKS:
        try:
            function(write, read)
            error = None
        except Exception as e:  # whatever it is, it belongs to this check and the next ones are worth a try
            error = f"{type(e).__name__}: {e}"
        print(json.dumps({"check": function.__name__.replace("_", " "), "error": error}), flush=True)
    print(json.dumps({"checks": len(CHECKS)}), flush=True)


main()
