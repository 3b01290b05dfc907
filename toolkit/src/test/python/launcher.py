"""The launcher as a module: `from launcher import lab`."""

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

sys.dont_write_bytecode = True
PATH = Path(__file__).resolve().parents[4] / "lab"

_loader = SourceFileLoader("lab", str(PATH))
lab = module_from_spec(spec_from_loader("lab", _loader))
_loader.exec_module(lab)
