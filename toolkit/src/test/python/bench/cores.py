"""Matrix products on several cores at once, one thread each: what the machine gives at this moment.

    python cores.py THREADS
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import torch

from turns import take_turns

SIZE = 384  # a product takes about a millisecond


def main():
    threads = int(sys.argv[1])
    a = torch.randn(SIZE, SIZE)
    products = [torch.empty(SIZE, SIZE) for _ in range(threads)]
    with ThreadPoolExecutor(threads, initializer=lambda: torch.set_num_threads(1)) as pool:
        take_turns(lambda: len(list(pool.map(lambda product: torch.mm(a, a, out=product), products))))


if __name__ == "__main__":
    main()
