"""The examples of the guide run, one after the other."""

from __future__ import annotations

import os
import re
import warnings

from conftest import ROOT

GUIDE = ROOT / "docs" / "how-to" / "python.md"


def test_the_guide(tmp_path, capsys):
    (tmp_path / "output").mkdir()
    (tmp_path / "data").symlink_to(ROOT / "data")
    os.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert len(examples) >= 6
    names: dict[str, object] = {}
    for example in examples:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(example, str(GUIDE), "exec"), names)  # noqa: S102
        said = re.findall(r"^# (\[.*\])$", example, re.MULTILINE)
        assert all(line in capsys.readouterr().out for line in said)
    assert (tmp_path / "output" / "openai.png").exists()
