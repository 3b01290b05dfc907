"""The launcher as a module: `from launcher import lab`."""

import json
import sys
from argparse import Namespace
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

sys.dont_write_bytecode = True
PATH = Path(__file__).resolve().parents[4] / "lab"

_loader = SourceFileLoader("lab", str(PATH))
lab = module_from_spec(spec_from_loader("lab", _loader))
_loader.exec_module(lab)


def started(main):
    """Ends this process as `main` says, which takes the launcher's options: they come as JSON."""
    try:
        sys.exit(main(Namespace(**json.loads(sys.argv[1]))))
    except lab.Problem as problem:
        lab.tell(problem)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
