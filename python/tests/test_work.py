"""Threads: the lock is released, Ctrl-C stops, and nothing is left for a process that is forked later."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest
from test_project import panel

import topline

HERE = Path(__file__).parent


def test_the_lock_is_released():
    done, table = threading.Event(), panel(60)

    def project():
        topline.project(table, currency="USD", threads=1)
        done.set()

    thread = threading.Thread(target=project)
    thread.start()
    ticks = 0
    while not done.is_set():
        ticks += 1
        time.sleep(0.001)
    thread.join()
    assert ticks > 20, "other threads run meanwhile"


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_ctrl_c_stops():
    program = "from test_project import panel; import topline; print('go', flush=True); topline.project(panel(20000), method='auto')"
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "go\n"
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert "KeyboardInterrupt" in told


def number_of_rows(_):
    return topline.project(panel(4), currency="USD", threads=2).num_rows


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_projects_too():
    rows = number_of_rows(0)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map_async(number_of_rows, range(4)).get(timeout=60) == [rows] * 4


def test_a_result_outlives_what_it_came_from():
    table = pa.table(topline.project(panel(2), currency="USD"))
    before = table.to_pydict()
    del table
    import gc

    gc.collect()
    assert pa.table(topline.project(panel(2), currency="USD")).to_pydict() == before
