"""What docs/journal.md promises to work."""

import re
import subprocess
import sys
from pathlib import Path

from journal.journalkit import fill

_PAGE = Path(__file__).parents[2] / "docs" / "journal.md"


def test_the_program_for_other_tools_finds_the_signed_root_and_a_change(tmp_path: Path) -> None:
    """The few lines on the page, run as they stand, agree with the checkpoint; after a change they do not."""
    found = re.search(r"```python\n(.*?)```", _PAGE.read_text(), re.DOTALL)
    assert found
    fill(tmp_path / "j", 21, segment_bytes=3000)
    segment = tmp_path / "j" / "0000000000000000.jsonl"
    words = [sys.executable, "-c", found[1], str(tmp_path / "j")]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "match\n"
    segment.write_bytes(segment.read_bytes().replace(b"build", b"steal", 1))
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "DIFFERENT\n"
